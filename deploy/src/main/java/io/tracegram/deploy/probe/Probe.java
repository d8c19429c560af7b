package io.tracegram.deploy.probe;

import io.tracegram.deploy.probe.ProbeResult.Found;
import io.tracegram.edge.Inspection;
import io.tracegram.edge.device.RegisterReader;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Looks at one device once. Single-threaded. */
public final class Probe {
  private final IntConsumer progress;

  /**
   * @param progress told the next address of a scan
   */
  public Probe(IntConsumer progress) {
    this.progress = progress;
  }

  /**
   * What to look for.
   *
   * @param quantity whose register gives it
   * @param range where to look, empty for around the profile's address
   */
  public record Sought(DisplayNumber display, Quantity quantity, Optional<AddressRange> range) {}

  /** Reads a meter: its registers one by one where it has such, else as its driver does. */
  public ProbeResult meter(MeterConnection meter, Optional<Sought> sought)
      throws InterruptedException {
    return switch (meter.access()) {
      case MeterAccess.ModbusTcp(var profile, var address, int unit) when isListed(profile) -> {
        try (RegisterReader device =
            RegisterReader.of(address, unit, gap(profile), System::nanoTime)) {
          yield registers(new Target(meter, profile, address + " unit " + unit), device, sought);
        }
      }
      case MeterAccess.ModbusRtu(var profile, var bus, int unit) when isListed(profile) -> {
        try (RegisterReader device = RegisterReader.of(bus, unit, gap(profile), System::nanoTime)) {
          Target target = new Target(meter, profile, bus.line() + " unit " + unit);
          yield registers(target, device, sought);
        }
      }
      // what has no registers by address is shown as its driver reads it
      default -> driven(meter, sought);
    };
  }

  private static boolean isListed(MeterProfile profile) {
    return switch (profile.discovery()) {
      case NONE -> true;
      case SUNSPEC -> false;
    };
  }

  /** Asks a scale for the weight that lies on it. */
  public ProbeResult scale(ScaleConnection scale) {
    try (Inspection inspection = new Inspection(List.of(), List.of(scale))) {
      return new ProbeResult(
          scale.id() + ", " + scale.profile().id(),
          DeviceLook.rows(
              List.of(inspection.scale(scale.id()).weigh()), RegisterDefinition.Unit.NONE),
          Optional.empty());
    }
  }

  private static ProbeResult driven(MeterConnection meter, Optional<Sought> sought)
      throws InterruptedException {
    if (sought.isPresent()) {
      throw new IllegalArgumentException(
          "only a Modbus meter whose profile lists registers has some to search: this one says"
              + " itself what its values mean");
    }
    if (!Inspection.canAsk(meter)) {
      throw new IllegalArgumentException(
          meter.id() + " reports by itself and cannot be asked: start its agent, and look at Now");
    }
    try (Inspection inspection = new Inspection(List.of(meter), List.of())) {
      return new ProbeResult(
          meter.id(),
          DeviceLook.rows(inspection.meters().getFirst().poll(), meter.access().counts()),
          Optional.empty());
    }
  }

  private record Target(MeterConnection meter, MeterProfile profile, String where) {}

  private ProbeResult registers(Target target, RegisterReader device, Optional<Sought> sought)
      throws InterruptedException {
    List<RegisterRow> rows =
        new RegisterLook(device, target.meter().serial()).rows(target.profile());
    Optional<Found> found = Optional.empty();
    if (sought.isPresent()) {
      found = Optional.of(search(target.profile(), device, sought.get()));
    }
    return new ProbeResult(
        target.meter().id() + ", " + target.profile().id() + " at " + target.where(), rows, found);
  }

  private Found search(MeterProfile profile, RegisterReader device, Sought sought)
      throws InterruptedException {
    RegisterDefinition expected =
        profile
            .register(sought.quantity())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        profile.id() + " has no register " + sought.quantity().id()));
    AddressRange range = sought.range().orElseGet(() -> AddressRange.around(expected));
    Found found = search(expected.table(), profile, device, new Place(sought, expected, range));
    return found.fits().isEmpty() && found.stopped().isEmpty()
        ? search(other(expected.table()), profile, device, new Place(sought, expected, range))
        : found;
  }

  private record Place(Sought sought, RegisterDefinition expected, AddressRange range) {}

  private Found search(Table table, MeterProfile profile, RegisterReader device, Place place)
      throws InterruptedException {
    Scan.Result read = new Scan(device, profile.maxBlock(), progress).read(table, place.range());
    DisplayNumber display = place.sought().display();
    return new Found(
        display,
        place.range(),
        new DisplaySearch(display, place.expected()).search(read.image()),
        read.stopped().map(RegisterReader.Refused::reason).orElse(""));
  }

  private static Table other(Table table) {
    return switch (table) {
      case HOLDING -> Table.INPUT;
      case INPUT -> Table.HOLDING;
    };
  }

  private static Duration gap(MeterProfile profile) {
    return Duration.ofMillis(profile.minGapMillis());
  }
}
