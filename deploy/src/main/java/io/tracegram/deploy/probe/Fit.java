package io.tracegram.deploy.probe;

import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * One way to describe a register so that it gives the number on the display. Immutable.
 *
 * @param register as it would stand in the profile
 * @param value in the display's unit
 * @param closeness how well it agrees with the display
 * @param differences from what the profile says now, for a person; empty if the profile fits
 */
public record Fit(
    RegisterDefinition register, BigDecimal value, Closeness closeness, List<String> differences) {
  /** How a value agrees with the display, the best first. */
  public enum Closeness {
    /** To the display's last digit. */
    EXACT("to the last digit"),
    /** Slightly more than the display, as if the meter had counted since it was looked at. */
    COUNTED_ON("a little more than the display, as if the meter had counted on"),
    /** The register shows less digits than the display. */
    COARSE("as far as so coarse a register can");

    private final String words;

    Closeness(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public Fit {
    differences = List.copyOf(differences);
  }

  /** Says whether nothing that is known prefers one of two. */
  boolean isAsGoodAs(Fit other) {
    return closeness == other.closeness && differences.size() == other.differences.size();
  }

  /** Returns the line of the profile; its address is the one that is sent. */
  String yaml() {
    StringBuilder line = new StringBuilder("- {id: ").append(register.quantity().id());
    line.append(", table: ").append(register.table().name().toLowerCase(Locale.ROOT));
    line.append(", address: 0x%04X".formatted(register.address()));
    line.append(", type: ").append(register.type().name().toLowerCase(Locale.ROOT));
    line.append(", byteOrder: ").append(register.byteOrder());
    if (register.scale().compareTo(BigDecimal.ONE) != 0) {
      line.append(", scale: ").append(register.scale().stripTrailingZeros().toPlainString());
    }
    line.append(", unit: ").append(register.unit().symbol());
    line.append(", kind: ").append(kind(register.quantity().kind()));
    return line.append("}").toString();
  }

  private static String kind(Quantity.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the forms in which documents write an address. */
  static String modicon(Table table, int address) {
    int leading =
        switch (table) {
          case INPUT -> 3;
          case HOLDING -> 4;
        };
    int number = address + 1;
    return number <= 9_999
        ? "%d%04d".formatted(leading, number)
        : "%d%05d".formatted(leading, number);
  }
}
