package io.tracegram.runtime.config;

import io.tracegram.runtime.factor.IntensityHeader;
import io.tracegram.runtime.factor.IntensityReading;
import io.tracegram.runtime.factor.IntensityShape;
import io.tracegram.runtime.factor.MarginalSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks files of grid intensities, which it tells from others and from those of generation by
 * their beginning. Stateless.
 */
final class IntensityCheck {
  private static final int PEEKED_BYTES = 4_096;

  private IntensityCheck() {}

  /** Says whether a file may hold intensities, going by its name. */
  static boolean mayBe(Path file) {
    return isCsv(file) || file.toString().endsWith(".json");
  }

  /**
   * Checks a file, if it is one of intensities.
   *
   * @param named whether the file itself was asked for, so that it must be ours
   */
  static void file(Path file, boolean named, Diagnostics diagnostics) {
    if (!Files.isRegularFile(file)) {
      diagnostics.error(file, 0, "unreadable", "there is no such file");
      return;
    }
    String beginning;
    try (InputStream in = Files.newInputStream(file)) {
      beginning = new String(in.readNBytes(PEEKED_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      unreadable(file, e, diagnostics);
      return;
    }
    if (isCsv(file) && GenerationCheck.isOne(beginning)) {
      GenerationCheck.read(file, diagnostics);
      return;
    }
    Optional<IntensityShape> shape = shape(file, beginning);
    if (shape.isPresent()) {
      check(file, shape.get(), Optional.empty(), diagnostics);
    } else if (named) {
      diagnostics.error(
          file,
          1,
          "unknown-kind",
          "is no file of intensities: CSV begins with datetime_utc,gco2e_per_kwh, JSON has the"
              + " shape of the GB or the Electricity Maps interface; CSV of an instrument's hours"
              + " begins with hour_utc,kwh");
    }
  }

  /**
   * Reads a file whole, and reports what is wrong with it, or absent.
   *
   * @param header what it must agree with
   */
  static void check(
      Path file, IntensityShape shape, Optional<IntensityHeader> header, Diagnostics diagnostics) {
    IntensityReading reading;
    try {
      reading = shape.read(file);
    } catch (IOException e) {
      unreadable(file, e, diagnostics);
      return;
    }
    IntensityReading last = reading;
    switch (header.map(known -> known.judge(last)).orElse(last)) {
      case IntensityReading.Refused refused ->
          refused
              .faults()
              .forEach(
                  fault ->
                      diagnostics.error(
                          file, Math.toIntExact(fault.line()), "bad-intensity", fault.reason()));
      case IntensityReading.Read read when read.absent() > 0 ->
          diagnostics.warning(
              file,
              0,
              "absent-slots",
              "%d of %d slots of %d min are absent: energy in them is of unknown intensity"
                  .formatted(
                      read.absent(),
                      read.absent() + read.slots().size(),
                      read.stepMillis() / 60_000));
      case IntensityReading.Read _ -> {}
    }
  }

  private static Optional<IntensityShape> shape(Path file, String beginning) {
    if (isCsv(file)) {
      String header = beginning.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
      boolean ours =
          header.contains("gco2")
              || header.contains("intensity")
              || header.contains("datetime_utc");
      return ours || MarginalSignal.isNamedIn(header)
          ? Optional.of(IntensityShape.CSV)
          : Optional.empty();
    }
    if (beginning.contains("\"carbonIntensity\"") || beginning.contains("emissionFactorType")) {
      return Optional.of(IntensityShape.ELECTRICITY_MAPS);
    }
    boolean gb = beginning.contains("\"intensity\"") || MarginalSignal.isNamedIn(beginning);
    return gb ? Optional.of(IntensityShape.GB) : Optional.empty();
  }

  private static boolean isCsv(Path file) {
    return file.toString().endsWith(".csv");
  }

  private static void unreadable(Path file, IOException e, Diagnostics diagnostics) {
    diagnostics.error(file, 0, "unreadable", "cannot be read: " + e.getMessage());
  }
}
