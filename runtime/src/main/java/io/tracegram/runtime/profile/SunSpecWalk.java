package io.tracegram.runtime.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the first meter in a SunSpec device's list of models, two registers at a time; what it is
 * told decides what it asks next, at most thrice and once a model. Not thread-safe, used once.
 */
public final class SunSpecWalk {
  private static final List<Integer> BASES = List.of(40_000, 50_000, 0);
  private static final byte[] MARKER = "SunS".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_MODELS = 32;
  private static final int HEADER_WORDS = 2;
  private static final int COMMON = 1;
  private static final int SHORTEST_COMMON = 65;
  private static final int LONGEST_COMMON = 66;
  private static final int END = 0xFFFF;

  private int base;
  private int address = BASES.getFirst();
  private int models;
  private int common;

  /** What comes next. */
  public sealed interface Step {
    /** Two registers are to be read. */
    record Ask(RegisterDefinition registers) implements Step {}

    /** The meter. */
    record Found(SunSpecMap map) implements Step {}

    /**
     * There is no meter that can be read.
     *
     * @param reason for a person
     */
    record Refused(String reason) implements Step {}
  }

  /** Returns the first step. */
  public Step start() {
    return ask();
  }

  /** Says whether the device may answer that it has no such registers. */
  public boolean mayBeAbsent() {
    return models == 0 && address == BASES.get(base);
  }

  /** Takes the answer that there are no such registers, where that may be. */
  public Step absent() {
    base++;
    if (base == BASES.size()) {
      return new Step.Refused(
          "no SunSpec map at 40000, 50000 or 0: switch SunSpec on in the device, or use a profile"
              + " of its own");
    }
    address = BASES.get(base);
    return ask();
  }

  /**
   * Takes the two registers that were asked for.
   *
   * @param words four bytes
   */
  public Step next(byte[] words) {
    if (mayBeAbsent()) {
      if (!Arrays.equals(words, MARKER)) {
        return absent();
      }
      address += HEADER_WORDS;
      models = 1;
      return ask();
    }
    return model(SunSpecMap.u16(words, 0), SunSpecMap.u16(words, 1));
  }

  private Step model(int model, int length) {
    if (model == END) {
      return new Step.Refused(
          "its list of SunSpec models has no meter (201 to 204, 211 to 214): check the unit id,"
              + " meters behind an inverter have their own");
    }
    OptionalInt expected = SunSpecMap.lengthOf(model);
    boolean sound =
        model == COMMON
            ? length >= SHORTEST_COMMON && length <= LONGEST_COMMON
            : expected.isPresent() ? length == expected.getAsInt() : model != 0 && length != 0;
    int next = address + HEADER_WORDS + length;
    if (!sound || next > 0x1_0000 || (models == 1 && model != COMMON)) {
      return new Step.Refused(
          "its list of SunSpec models says model %d with %d registers at %d: look for newer firmware"
              .formatted(model, length, address));
    }
    if (expected.isPresent()) {
      return new Step.Found(new SunSpecMap(model, address, common));
    }
    if (model == COMMON) {
      common = address;
    }
    address = next;
    models++;
    return models > MOST_MODELS || address + HEADER_WORDS > 0x1_0000
        ? new Step.Refused("its list of SunSpec models does not end: look for newer firmware")
        : ask();
  }

  private Step ask() {
    return new Step.Ask(SunSpecMap.raw(address, HEADER_WORDS));
  }
}
