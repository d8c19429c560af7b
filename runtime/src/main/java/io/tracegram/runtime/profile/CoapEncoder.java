package io.tracegram.runtime.profile;

import io.tracegram.runtime.senml.SenmlPack;
import io.tracegram.runtime.senml.SenmlRecord;
import io.tracegram.runtime.senml.SenmlValue;
import io.tracegram.runtime.senml.SenmlWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the pack that a meter of a profile sends: for simulators. Pure, stateless. */
public final class CoapEncoder {
  private CoapEncoder() {}

  /**
   * Encodes a pack without times; less than a resolution is cut off.
   *
   * @param serial printable ASCII, sent if the profile has a record for it
   * @param values by quantity, in base units
   */
  public static byte[] encode(CoapProfile profile, String serial, Map<Quantity, Long> values) {
    List<SenmlRecord> records = new ArrayList<>();
    for (CoapRecord record : profile.records()) {
      SenmlValue value =
          record.quantity().kind() == Quantity.Kind.IDENTITY
              ? new SenmlValue.Text(serial)
              : number(record, values.getOrDefault(record.quantity(), 0L));
      records.add(
          new SenmlRecord(
              record.name(),
              Optional.of(record.states()).filter(unit -> !unit.isEmpty()),
              BigDecimal.ZERO,
              Optional.of(value),
              Optional.empty(),
              Optional.empty()));
    }
    return SenmlWriter.write(profile.format(), new SenmlPack(records));
  }

  private static SenmlValue number(CoapRecord record, long baseUnits) {
    BigDecimal steps =
        BigDecimal.valueOf(baseUnits)
            .divide(record.resolution().multiply(record.unit().baseUnits()), 0, RoundingMode.FLOOR);
    BigDecimal sent =
        steps.multiply(record.resolution()).divide(record.scale(), MathContext.DECIMAL128);
    return new SenmlValue.Numeric(sent, BigDecimal.ZERO);
  }
}
