package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.openmuc.jmbus.Bcd;
import org.openmuc.jmbus.DataRecord;
import org.openmuc.jmbus.DecodingException;
import org.openmuc.jmbus.DlmsUnit;
import org.openmuc.jmbus.MBusMessage;
import org.openmuc.jmbus.SecondaryAddress;
import org.openmuc.jmbus.VariableDataStructure;

/** What a meter tells in one frame of variable data (EN 13757-3 §6). Immutable. */
public final class MBusTelegram {
  private static final int PERMANENT_ERROR = 0x08;
  private static final int APPLICATION_ERROR = 0x03;

  private final Identity identity;
  private final int status;
  private final boolean moreFollow;
  private final List<DataRecord> records;

  /** What comes of a frame. */
  public sealed interface Parsed {}

  /** A telegram whose records can be read. */
  public record Sound(MBusTelegram telegram) implements Parsed {}

  /**
   * No telegram.
   *
   * @param reason for a person
   */
  public record Refused(String reason) implements Parsed {}

  /**
   * Whose telegram it is.
   *
   * @param manufacturer three letters
   * @param serial eight digits
   * @param medium empty if it is none that an account knows
   */
  public record Identity(
      String manufacturer, String serial, int version, Optional<MBusMedium> medium) {}

  private MBusTelegram(VariableDataStructure data) {
    SecondaryAddress header = data.getSecondaryAddress();
    identity =
        new Identity(
            header.getManufacturerId(),
            HexFormat.of().withUpperCase().formatHex(reversed(header.getDeviceId().getBytes())),
            header.getVersion(),
            MBusMedium.of(header.getDeviceType().getId()));
    status = data.getStatus();
    moreFollow = data.moreRecordsFollow();
    records = List.copyOf(data.getDataRecords());
  }

  /** Reads a whole frame; never throws on hostile bytes. */
  public static Parsed parse(byte[] frame) {
    if (!MBusFrame.isSoundLong(frame)) {
      return new Refused("bytes that are no sound frame");
    }
    try {
      VariableDataStructure data =
          MBusMessage.decode(frame, frame.length).getVariableDataResponse();
      data.decode();
      return data.getSecondaryAddress() == null
          ? new Refused("a telegram without the meter's identity")
          : new Sound(new MBusTelegram(data));
    } catch (IOException | DecodingException | RuntimeException e) {
      // the decoder runs out of hostile frames with whatever exception comes first
      return new Refused("a telegram that is encrypted, of another kind, or makes no sense");
    }
  }

  public Identity identity() {
    return identity;
  }

  /** Says whether the meter itself says that its values are none. */
  public boolean isFaulty() {
    return (status & (PERMANENT_ERROR | APPLICATION_ERROR)) != 0;
  }

  /** Says whether the next telegram has more records. */
  public boolean moreFollow() {
    return moreFollow;
  }

  /** Returns the value of a record, empty if this telegram has none such. */
  public Optional<Decoded> read(MBusRecord wanted) {
    List<DataRecord> found = records.stream().filter(record -> is(wanted, record)).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        found.size() > 1
            ? new Decoded.Refused(
                "ambiguous",
                "the telegram has " + found.size() + " records that could be " + name(wanted))
            : decode(wanted, found.getFirst()));
  }

  private static boolean is(MBusRecord wanted, DataRecord record) {
    return measures(record, wanted.unit())
        && record.getFunctionField() == function(wanted)
        && record.getStorageNumber() == wanted.storage()
        && record.getTariff() == wanted.tariff()
        && record.getSubunit() == wanted.subunit()
        && extensions(record.getVib()).equals(wanted.extensions());
  }

  private static boolean measures(DataRecord record, Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR, WATT_HOUR ->
          record.getDescription() == DataRecord.Description.ENERGY
              && record.getUnit() == DlmsUnit.WATT_HOUR;
      case CUBIC_METRE ->
          record.getDescription() == DataRecord.Description.VOLUME
              && record.getUnit() == DlmsUnit.CUBIC_METRE;
      case KILOWATT, WATT ->
          record.getDescription() == DataRecord.Description.POWER
              && record.getUnit() == DlmsUnit.WATT;
      case NONE -> false;
    };
  }

  private static DataRecord.FunctionField function(MBusRecord wanted) {
    return switch (wanted.function()) {
      case INSTANTANEOUS -> DataRecord.FunctionField.INST_VAL;
      case MAXIMUM -> DataRecord.FunctionField.MAX_VAL;
      case MINIMUM -> DataRecord.FunctionField.MIN_VAL;
    };
  }

  /** Returns what follows the VIF, which has two bytes where the first is FB or FD. */
  private static String extensions(byte[] vib) {
    int own = vib.length > 0 && (vib[0] == (byte) 0xFB || vib[0] == (byte) 0xFD) ? 2 : 1;
    return vib.length <= own ? "" : HexFormat.of().withUpperCase().formatHex(vib, own, vib.length);
  }

  private static Decoded decode(MBusRecord wanted, DataRecord record) {
    return switch (record.getDataValue()) {
      case Long value -> number(wanted, record, BigDecimal.valueOf(value), BigDecimal.ONE);
      case Bcd value -> bcd(wanted, record, value);
      case Double value when Double.isFinite(value) ->
          number(
              wanted,
              record,
              new BigDecimal(value),
              // on the wire it is a float of 32 bits
              new BigDecimal(Math.ulp(value.floatValue())));
      case null, default ->
          new Decoded.Refused("not-a-number", name(wanted) + " is not sent as a number");
    };
  }

  /** Digits beyond 9 say that there is no value, but for a leading F, which is a minus. */
  private static Decoded bcd(MBusRecord wanted, DataRecord record, Bcd value) {
    String digits = HexFormat.of().withUpperCase().formatHex(reversed(value.getBytes()));
    String number = digits.startsWith("F") ? "-" + digits.substring(1) : digits;
    return number.matches("-?\\d+")
        ? number(wanted, record, new BigDecimal(number), BigDecimal.ONE)
        : new Decoded.NotAvailable();
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /**
   * @param counts the exact value before scaling
   * @param step between this value and the next that its bits can hold
   */
  private static Decoded number(
      MBusRecord wanted, DataRecord record, BigDecimal counts, BigDecimal step) {
    BigDecimal perCount =
        BigDecimal.ONE
            .scaleByPowerOfTen(record.getMultiplierExponent())
            .multiply(perSentUnit(wanted.unit()));
    return new ExactValue(
            wanted.quantity(),
            counts.multiply(perCount),
            step.multiply(perCount),
            wanted.maximum().map(most -> most.multiply(wanted.unit().baseUnits())))
        .decode();
  }

  /** Telegrams count in Wh, W and m3, times a power of ten. */
  private static BigDecimal perSentUnit(Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR, WATT_HOUR -> Unit.WATT_HOUR.baseUnits();
      case KILOWATT, WATT -> Unit.WATT.baseUnits();
      case CUBIC_METRE, NONE -> unit.baseUnits();
    };
  }

  private static String name(MBusRecord wanted) {
    return wanted.quantity().id();
  }
}
