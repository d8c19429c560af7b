package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.PrimaryData;

/** Reads which policy says what counts as primary data. Stateless. */
final class PrimaryDataReader {
  private PrimaryDataReader() {}

  static PrimaryData read(YamlMap yaml) {
    PrimaryData policy = yaml.oneOf("policy", PrimaryData.class, PrimaryData.ACTIVITY);
    yaml.close();
    return policy;
  }
}
