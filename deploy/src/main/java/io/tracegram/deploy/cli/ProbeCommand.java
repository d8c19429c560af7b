package io.tracegram.deploy.cli;

import io.tracegram.deploy.probe.AddressRange;
import io.tracegram.deploy.probe.DisplayNumber;
import io.tracegram.deploy.probe.Probe;
import io.tracegram.deploy.probe.ProbeResult;
import io.tracegram.runtime.config.MeterConnection;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.ScaleConnection;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.profile.Quantity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads one real device once, and shows what it said. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description =
        "Reads one meter or scale: raw registers and what they mean, and how to describe them so that"
            + " they give the number on the display. Writes nothing to it.")
final class ProbeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private MeterOptions meterOptions = new MeterOptions();

  @Parameters(
      paramLabel = "PLANT",
      arity = "0..1",
      description = "plant.yaml that describes the device")
  private @Nullable Path plant;

  @Option(names = "--meter", paramLabel = "ID", description = "a meter of PLANT")
  private String meter = "";

  @Option(names = "--scale", paramLabel = "ID", description = "a scale of PLANT")
  private String scale = "";

  @Option(
      names = "--display",
      paramLabel = "NUMBER",
      description = "what the meter's display shows, with all its decimals, such as 12345.6")
  private String display = "";

  @Option(
      names = "--unit-of",
      paramLabel = "UNIT",
      description = "the display's unit: Wh, kWh, MWh, W, kW, MW or m3 (default: kWh)")
  private String unitOf = "kWh";

  @Option(
      names = "--register",
      paramLabel = "NAME",
      description = "the display's register (default: energy-import, or power by the unit)")
  private String register = "";

  @Option(
      names = "--scan",
      paramLabel = "FROM..TO",
      description = "addresses as sent to look at (default: around the profile's)")
  private String scan = "";

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter talk = Console.err(spec);
    Probe probe =
        new Probe(
            address -> {
              talk.printf("reading from 0x%04X …%n", address);
              talk.flush();
            });
    ProbeResult result =
        scale.isEmpty()
            ? probe.meter(meter(), sought())
            : probe.scale(named("scale", scale, plantFile().scales(), ScaleConnection::id));
    PrintWriter out = Console.out(spec);
    out.print(json ? result.json() + System.lineSeparator() : result.text());
    out.flush();
    return result.isSound() ? Tracegram.FINE : Tracegram.FINDINGS;
  }

  private MeterConnection meter() {
    if (plant == null) {
      return meterOptions.meter();
    }
    if (meterOptions.isGiven()) {
      throw new IllegalArgumentException(
          "name a plant file and --meter, or --profile and --address, not both");
    }
    List<MeterConnection> meters = plantFile().meters();
    return meter.isEmpty() && meters.size() == 1
        ? meters.getFirst()
        : named("meter", meter, meters, MeterConnection::id);
  }

  private PlantFile plantFile() {
    if (plant == null) {
      throw new IllegalArgumentException("name the plant file that describes the device");
    }
    return PlantFile.load(plant, ProfileCatalog.bundled()).orThrow();
  }

  private static <T> T named(
      String kind, String id, List<T> all, java.util.function.Function<T, String> name) {
    return all.stream()
        .filter(each -> name.apply(each).equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    (id.isEmpty()
                            ? "name one with --" + kind
                            : "the plant has no " + kind + " '" + id + "' that is read")
                        + Suggestion.clause(id, all.stream().map(name).toList())));
  }

  private Optional<Probe.Sought> sought() {
    if (display.isEmpty()) {
      if (!scan.isEmpty()) {
        throw new IllegalArgumentException("--scan looks for the number of --display: give it too");
      }
      return Optional.empty();
    }
    DisplayNumber number = DisplayNumber.parse(display, unitOf);
    return Optional.of(
        new Probe.Sought(
            number,
            quantity(number),
            scan.isEmpty() ? Optional.empty() : Optional.of(AddressRange.parse(scan))));
  }

  private Quantity quantity(DisplayNumber number) {
    List<Quantity> measured =
        Arrays.stream(Quantity.values()).filter(each -> number.unit().measures(each)).toList();
    return register.isEmpty()
        ? measured.getFirst()
        : named("register", register, measured, Quantity::id);
  }
}
