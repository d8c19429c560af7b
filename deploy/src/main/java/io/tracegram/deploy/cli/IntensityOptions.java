package io.tracegram.deploy.cli;

import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.runtime.config.FactorQualityReader;
import io.tracegram.runtime.config.FactorWords;
import io.tracegram.runtime.factor.IntensityHeader;
import io.tracegram.runtime.factor.IntensityReading;
import io.tracegram.runtime.factor.IntensityShape;
import io.tracegram.runtime.factor.MarginalSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that takes an intensity; what they leave out is said to be unstated. */
final class IntensityOptions {
  private static final String UNSTATED = "unstated";

  @Option(
      names = "--intensity",
      paramLabel = "FILE.csv",
      description =
          "datetime_utc,gco2e_per_kwh[,is_estimated]: average intensity of the plant's grid, by the"
              + " slot; given later, it restates what was imported before")
  private @Nullable Path file;

  @Option(
      names = "--intensity-zone",
      paramLabel = "WORD",
      defaultValue = UNSTATED,
      description = "the grid, as its publisher calls it, such as DE (default: ${DEFAULT-VALUE})")
  private String zone = UNSTATED;

  @Option(
      names = "--intensity-boundary",
      paramLabel = "WORD",
      defaultValue = UNSTATED,
      description = "what is included: generation, life-cycle, … (default: ${DEFAULT-VALUE})")
  private String boundary = UNSTATED;

  @Option(
      names = "--intensity-gwp",
      paramLabel = "SET",
      defaultValue = UNSTATED,
      description =
          "global warming potentials: SAR, TAR, AR4, AR5, AR6 (default: ${DEFAULT-VALUE})")
  private String gwp = UNSTATED;

  @Option(
      names = "--intensity-source",
      paramLabel = "TEXT",
      defaultValue = UNSTATED,
      description = "who publishes it, and which edition (default: ${DEFAULT-VALUE})")
  private String source = UNSTATED;

  @Option(
      names = "--intensity-licence",
      paramLabel = "TEXT",
      defaultValue = UNSTATED,
      description = "under which it may be used (default: ${DEFAULT-VALUE})")
  private String licence = UNSTATED;

  @Option(
      names = "--intensity-u95",
      paramLabel = "PERCENT",
      description =
          "half the width of the relative 95 %% interval of every value (default: not known)")
  private @Nullable String u95Percent;

  @Option(
      names = "--intensity-rating",
      paramLabel = "T,T,G",
      description =
          "data quality, each 1 good, 2 fair or 3 poor: technological, temporal, geographical, such"
              + " as 1,2,1 (default: not rated)")
  private @Nullable String rating;

  /**
   * Returns the series, if a file was given.
   *
   * @param id by which the plant names it
   * @throws IOException saying which line or option is wrong
   */
  Optional<IntensitySeries> series(String id) throws IOException {
    if (file == null) {
      return Optional.empty();
    }
    if (MarginalSignal.isNamedIn(source)) {
      throw new IOException("--intensity-source '" + source + "' " + MarginalSignal.REASON);
    }
    IntensityHeader header =
        new IntensityHeader(
            id,
            zone,
            word("--intensity-boundary", boundary, FactorWords::electricityBoundary),
            word("--intensity-gwp", gwp, FactorWords::gwpSet),
            source,
            licence,
            quality());
    return switch (header.judge(IntensityShape.CSV.read(file))) {
      case IntensityReading.Refused refused ->
          throw new IOException(file + ": " + refused.reason());
      case IntensityReading.Read read ->
          Optional.of(header.series(read.stepMillis(), read.slots()));
    };
  }

  private FactorQuality quality() throws IOException {
    try {
      return FactorQualityReader.parse(
          Optional.ofNullable(u95Percent), Optional.ofNullable(rating));
    } catch (IllegalArgumentException e) {
      throw new IOException("--intensity-u95, --intensity-rating: " + e.getMessage(), e);
    }
  }

  private static String word(String option, String text, UnaryOperator<String> known)
      throws IOException {
    if (text.equals(UNSTATED)) {
      return text;
    }
    try {
      return known.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(option + ": " + e.getMessage(), e);
    }
  }
}
