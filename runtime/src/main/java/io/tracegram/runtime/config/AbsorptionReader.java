package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.Absorption;

/** Reads how a plant's lots absorb what was emitted for no lot in particular. Stateless. */
final class AbsorptionReader {
  private AbsorptionReader() {}

  static Absorption read(YamlMap yaml) {
    Absorption read =
        new Absorption(
            yaml.oneOf("policy", Absorption.Policy.class, Absorption.DEFAULT.policy()),
            yaml.oneOf("key", Absorption.Key.class, Absorption.DEFAULT.key()));
    yaml.close();
    return read;
  }
}
