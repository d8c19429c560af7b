package io.tracegram.runtime.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;

/** Makes the telegram that a meter of a profile sends: for simulators. Pure, stateless. */
public final class MBusEncoder {
  private static final int RESPONSE = 0x08;
  private static final int VARIABLE_DATA = 0x72;
  private static final int SIGNED_32_BITS = 0x04;
  private static final int MAXIMUM = 0x10;
  private static final int MINIMUM = 0x20;
  private static final int LONGEST_BODY = 255;

  private MBusEncoder() {}

  /**
   * Encodes a telegram in steps of 1 kWh, 0.01 m3 and 1 W; less than a step is cut off.
   *
   * @param unit primary address
   * @param serial at most eight digits
   * @param values by quantity, in base units
   * @throws IllegalArgumentException if a record cannot be sent so
   */
  public static byte[] encode(
      MBusProfile profile, int unit, String serial, Map<Quantity, Long> values) {
    ByteBuffer body = ByteBuffer.allocate(LONGEST_BODY).order(ByteOrder.LITTLE_ENDIAN);
    body.put((byte) RESPONSE).put((byte) unit).put((byte) VARIABLE_DATA);
    body.putInt((int) Long.parseLong(serial, 16));
    body.putShort(manufacturer(profile.manufacturer()));
    body.put((byte) 1).put((byte) profile.medium().code());
    body.put((byte) 0).put((byte) 0).putShort((short) 0); // access number, status, signature
    for (MBusRecord record : profile.records()) {
      record(body, record, values.getOrDefault(record.quantity(), 0L));
    }
    byte[] sent = new byte[body.position()];
    body.flip().get(sent);
    return MBusFrame.ofLong(sent);
  }

  private static void record(ByteBuffer body, MBusRecord record, long baseUnits) {
    if (record.storage() != 0 || record.tariff() != 0 || record.subunit() != 0) {
      throw new IllegalArgumentException("only the sum of now is simulated");
    }
    int function =
        switch (record.function()) {
          case INSTANTANEOUS -> 0;
          case MAXIMUM -> MAXIMUM;
          case MINIMUM -> MINIMUM;
        };
    body.put((byte) (SIGNED_32_BITS | function));
    boolean extended = !record.extensions().isEmpty();
    body.put((byte) (vif(record.unit()) | (extended ? 0x80 : 0)));
    body.put(HexFormat.of().parseHex(record.extensions()));
    body.putInt(
        BigDecimal.valueOf(baseUnits)
            .divide(perCount(record.unit()), 0, RoundingMode.FLOOR)
            .intValueExact());
  }

  private static int vif(RegisterDefinition.Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR, WATT_HOUR -> 0x06;
      case CUBIC_METRE -> 0x14;
      case KILOWATT, WATT -> 0x2B;
      case NONE -> throw new IllegalArgumentException("an identity is no record");
    };
  }

  private static BigDecimal perCount(RegisterDefinition.Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR, WATT_HOUR -> RegisterDefinition.Unit.KILOWATT_HOUR.baseUnits();
      case CUBIC_METRE -> unit.baseUnits().movePointLeft(2);
      case KILOWATT, WATT -> RegisterDefinition.Unit.WATT.baseUnits();
      case NONE -> throw new IllegalArgumentException("an identity is no record");
    };
  }

  /** Three letters of five bits each (EN 13757-3 §6.3.1). */
  private static short manufacturer(String letters) {
    int packed = 0;
    for (int i = 0; i < letters.length(); i++) {
      packed = packed << 5 | (letters.charAt(i) - 64);
    }
    return (short) packed;
  }
}
