package io.tracegram.runtime.profile;

import io.tracegram.runtime.json.Excerpt;
import io.tracegram.runtime.senml.SenmlPack;
import io.tracegram.runtime.senml.SenmlRecord;
import io.tracegram.runtime.senml.SenmlValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the records of a pack their meaning. Pure, stateless. */
public final class CoapDecoder {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int LONGEST_IDENTITY = 64;

  private CoapDecoder() {}

  /**
   * Returns what a pack says of the quantities of a profile, of each the newest; those of which it
   * says nothing are absent.
   *
   * @param receivedMillis when the pack came, ms since 1970 UTC
   */
  public static Map<Quantity, Decoded> decode(
      CoapProfile profile, SenmlPack pack, long receivedMillis) {
    Map<Quantity, Decoded> decoded = new EnumMap<>(Quantity.class);
    for (CoapRecord wanted : profile.records()) {
      List<SenmlRecord> named =
          pack.records().stream().filter(record -> wanted.isNamed(record.name())).toList();
      if (named.stream().map(SenmlRecord::name).distinct().count() > 1) {
        decoded.put(
            wanted.quantity(),
            new Decoded.Refused(
                "ambiguous", "the pack has several records that could be " + wanted.name()));
      } else {
        named.stream()
            .max(Comparator.comparing(record -> record.atMillis(receivedMillis)))
            .ifPresent(
                newest ->
                    decoded.put(
                        wanted.quantity(),
                        wanted.quantity().kind() == Quantity.Kind.IDENTITY
                            ? identity(wanted, newest)
                            : late(profile, newest, receivedMillis)
                                .orElseGet(() -> value(wanted, newest))));
      }
    }
    return decoded;
  }

  /** Refuses what is not of now, by the meter's own account. */
  private static Optional<Decoded> late(CoapProfile profile, SenmlRecord record, long received) {
    BigDecimal age = BigDecimal.valueOf(received).subtract(record.atMillis(received));
    return age.abs().compareTo(BigDecimal.valueOf(profile.maxAgeMillis())) > 0
        ? Optional.of(
            new Decoded.Refused(
                "old-value",
                Excerpt.quoted(record.name())
                    + " is of "
                    + seconds(age)
                    + ", more than "
                    + profile.maxAgeMillis() / 1_000
                    + " s: set the meter's clock, or let it send what it measures at once"))
        : Optional.empty();
  }

  private static String seconds(BigDecimal age) {
    String size =
        age.precision() - age.scale() > 18
            ? "very long"
            : age.abs().movePointLeft(3).setScale(0, RoundingMode.CEILING).toPlainString() + " s";
    return age.signum() < 0 ? size + " ahead" : size + " ago";
  }

  private static Decoded identity(CoapRecord wanted, SenmlRecord record) {
    String text =
        switch (record.value().orElse(new SenmlValue.Flag(false))) {
          case SenmlValue.Text(String sent) -> sent;
          case SenmlValue.Numeric number when isWhole(number.exact()) ->
              number.exact().toBigInteger().toString();
          case SenmlValue.Numeric _, SenmlValue.Flag _, SenmlValue.Data _ -> "";
        };
    return !text.isBlank()
            && text.length() <= LONGEST_IDENTITY
            && text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
        ? new Decoded.Identity(text)
        : new Decoded.Refused(
            "not-text", wanted.name() + " is not 1 to 64 characters of printable ASCII");
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private static Decoded value(CoapRecord wanted, SenmlRecord record) {
    if (!record.unit().orElse("").equals(wanted.states())) {
      return new Decoded.Refused(
          "wrong-unit",
          wanted.quantity().id()
              + " comes in "
              + record.unit().map(Excerpt::quoted).orElse("no unit")
              + ", the profile says "
              + (wanted.states().isEmpty() ? "none" : wanted.states())
              + ": nothing is converted");
    }
    return record.value().orElse(null) instanceof SenmlValue.Numeric number
        ? number(wanted, number)
        : new Decoded.Refused("not-a-number", wanted.quantity().id() + " is not sent as a number");
  }

  private static Decoded number(CoapRecord wanted, SenmlValue.Numeric number) {
    BigDecimal inUnit = number.exact().multiply(wanted.scale());
    BigDecimal exact = inUnit.multiply(wanted.unit().baseUnits());
    boolean negative = exact.signum() < 0 && wanted.quantity().kind() == Quantity.Kind.CUMULATIVE;
    if (negative
        || wanted.maximum().filter(most -> inUnit.compareTo(most) > 0).isPresent()
        || exact.abs().compareTo(LARGEST) > 0) {
      return new Decoded.Refused(
          "out-of-range", wanted.quantity().id() + " is outside what the profile allows");
    }
    BigDecimal resolution =
        number
            .step()
            .multiply(wanted.scale())
            .max(wanted.resolution())
            .multiply(wanted.unit().baseUnits())
            .max(BigDecimal.ONE)
            .setScale(0, RoundingMode.CEILING);
    return new Decoded.Value(
        exact.setScale(0, RoundingMode.HALF_EVEN).min(LARGEST).longValueExact(),
        resolution.min(LARGEST).longValueExact());
  }
}
