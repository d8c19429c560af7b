package io.tracegram.deploy.doctor;

import io.tracegram.edge.Inspection;
import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.PortalConnection;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.config.ScannerConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The devices of a plant, each asked once by the agent's own drivers. */
final class DeviceChecks implements AutoCloseable {
  private final Inspection inspection;
  private final List<Check> checks = new ArrayList<>();

  /**
   * @param reads ids of the devices to ask
   */
  DeviceChecks(PlantFile plant, Collection<String> reads) {
    List<MeterConnection> meters =
        plant.meters().stream()
            .filter(meter -> reads.contains(meter.id()) && Inspection.canAsk(meter))
            .toList();
    plant.meters().stream()
        .filter(meter -> reads.contains(meter.id()) && !Inspection.canAsk(meter))
        .map(meter -> "meter " + meter.id())
        .map(name -> new Check(name, () -> Finding.fine(name, "reports by itself: not asked")))
        .forEach(checks::add);
    List<ScaleConnection> scales =
        plant.scales().stream().filter(scale -> reads.contains(scale.id())).toList();
    inspection = new Inspection(meters, scales);
    for (Meter meter : inspection.meters()) {
      String name = "meter " + meter.id();
      checks.add(new Check(name, () -> finding(name, meter.poll())));
    }
    for (ScaleConnection scale : scales) {
      String name = "scale " + scale.id();
      checks.add(
          new Check(name, () -> finding(name, List.of(inspection.scale(scale.id()).weigh()))));
    }
    for (ScannerConnection scanner : plant.scanners()) {
      if (reads.contains(scanner.id())) {
        checks.add(NetworkChecks.takesConnections("scanner " + scanner.id(), scanner.address()));
      }
    }
    // its read operations stay as they are
    for (PortalConnection portal : plant.portals()) {
      if (reads.contains(portal.id())) {
        checks.add(NetworkChecks.takesConnections("portal " + portal.id(), portal.address()));
      }
    }
  }

  List<Check> all() {
    return List.copyOf(checks);
  }

  /** Says what came of one question; the worst that was observed decides. */
  static Finding finding(String name, List<Observation> observations) {
    Finding result = Finding.bad(name, "it gave nothing", "probe it");
    for (Observation observation : observations) {
      switch (observation) {
        case Observation.Bad bad -> {
          return Finding.bad(name, bad.reason(), "");
        }
        case Observation.Refused refused -> {
          // a scale answers so when nothing lies on it
          return refused.code().startsWith("weight.")
              ? Finding.fine(name, "answers: " + refused.reason())
              : Finding.warning(name, refused.reason(), "");
        }
        case Observation.Measured measured -> result = Finding.fine(name, text(measured));
        case Observation.Weighed weighed ->
            result = Finding.fine(name, weighed.mass().milligrams() + " mg lie on it");
        // said by the others
        case Observation.Good good -> {}
        case Observation.Scanned scanned -> {}
        case Observation.TagsSeen seen -> {}
      }
    }
    return result;
  }

  private static String text(Observation.Measured measured) {
    return "read "
        + measured.values().stream()
            .map(value -> value.register().name().toLowerCase(java.util.Locale.ROOT))
            .map(register -> register.replace('_', '-'))
            .collect(Collectors.joining(", "))
        + (measured.serial().isEmpty() ? "" : " of serial number " + measured.serial());
  }

  @Override
  public void close() {
    inspection.close();
  }
}
