package io.tracegram.runtime.factor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shapes in which intensities are published. */
public enum IntensityShape {
  /** {@code datetime_utc,gco2e_per_kwh[,is_estimated]}, in steps of 15, 30 or 60 minutes. */
  CSV,
  /** Great Britain's Carbon Intensity API, half-hourly. */
  GB,
  /** Electricity Maps v3. */
  ELECTRICITY_MAPS;

  /** Longest file that is read. */
  public static final int MAX_BYTES = 64 << 20;

  /**
   * Reads a file of at most {@link #MAX_BYTES}.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  public IntensityReading read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /** Reads bytes that are already here. */
  public IntensityReading read(byte[] bytes) {
    try {
      return read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  private IntensityReading read(InputStream in) throws IOException {
    InputStream bounded = new BoundedInput(in, MAX_BYTES);
    try {
      return switch (this) {
        case CSV -> CsvIntensity.read(bounded);
        case GB -> GbIntensity.read(bounded);
        case ELECTRICITY_MAPS -> ElectricityMapsIntensity.read(bounded);
      };
    } catch (BoundedInput.TooLong e) {
      return Faults.refused(1, String.valueOf(e.getMessage()));
    }
  }
}
