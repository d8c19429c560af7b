package io.tracegram.runtime.profile;

import io.tracegram.ledger.evidence.statement.Register;
import java.util.Locale;
import java.util.Optional;

/** What a register of a meter holds. */
public enum Quantity {
  ENERGY_IMPORT(Kind.CUMULATIVE),
  ENERGY_EXPORT(Kind.CUMULATIVE),
  POWER(Kind.INSTANTANEOUS),
  SERIAL(Kind.IDENTITY);

  /** How a register's values relate to each other over time. */
  public enum Kind {
    /** A counter, the only source of energy figures. */
    CUMULATIVE,
    /** A momentary value, never integrated. */
    INSTANTANEOUS,
    /** A constant that identifies the device. */
    IDENTITY
  }

  private final Kind kind;

  Quantity(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the name in profiles, such as {@code energy-import}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the register of a reading, empty for an identity. */
  public Optional<Register> register() {
    return switch (this) {
      case ENERGY_IMPORT -> Optional.of(Register.ENERGY_IMPORT);
      case ENERGY_EXPORT -> Optional.of(Register.ENERGY_EXPORT);
      case POWER -> Optional.of(Register.POWER);
      case SERIAL -> Optional.empty();
    };
  }
}
