package io.tracegram.deploy.verify;

import java.io.IOException;
import java.nio.file.Path;

/** Sample data directories for tests of other packages. */
public final class SampleGateways {
  private SampleGateways() {}

  /** Writes the data of a gateway that made one lot and stopped. */
  public static Path stopped(Path directory, long leaves) throws IOException {
    return SampleEvidence.gateway(directory, leaves);
  }
}
