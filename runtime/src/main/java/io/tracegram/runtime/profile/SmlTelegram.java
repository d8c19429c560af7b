package io.tracegram.runtime.profile;

import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The values that a meter tells in one SML file (SML 1.04, SML_GetList.Res). Immutable. */
public final class SmlTelegram {
  private static final int MESSAGE_ELEMENTS = 6;
  private static final int LIST_ELEMENTS = 7;
  private static final int ENTRY_ELEMENTS = 7;
  private static final int SERVER = 1;
  private static final int VALUES = 4;
  private static final BigInteger GET_LIST_RESPONSE = BigInteger.valueOf(0x0701);
  private static final int MOST_SCALER = 127;

  /** DLMS units (IEC 62056-62). */
  private static final int CUBIC_METRE = 13;

  private static final int CORRECTED_CUBIC_METRE = 14;
  private static final int WATT = 27;
  private static final int WATT_HOUR = 30;

  private static final List<ObisCode> MANUFACTURER =
      List.of(ObisCode.parse("1-0:96.50.1*1"), ObisCode.parse("129-129:199.130.3"));

  private final byte[] server;
  private final List<Entry> entries;

  /** What comes of a file's content. */
  public sealed interface Parsed {}

  /** A telegram whose values can be read. */
  public record Sound(SmlTelegram telegram) implements Parsed {}

  /**
   * No telegram.
   *
   * @param reason for a person
   */
  public record Refused(String reason) implements Parsed {}

  private record Entry(ObisCode name, OptionalInt unit, int scaler, SmlNode value) {}

  private SmlTelegram(byte[] server, List<Entry> entries) {
    this.server = server;
    this.entries = List.copyOf(entries);
  }

  /** Reads the messages of a file; never throws on hostile bytes. */
  public static Parsed parse(byte[] content) {
    try {
      SmlParser parser = new SmlParser(content);
      Optional<SmlTelegram> telegram = Optional.empty();
      while (!parser.atEnd()) {
        Optional<SmlTelegram> told = message(content, parser);
        if (telegram.isPresent() && told.isPresent()) {
          return new Refused("more than one list of values");
        }
        telegram = telegram.or(() -> told);
      }
      return telegram.<Parsed>map(Sound::new).orElse(new Refused("no list of values"));
    } catch (SmlException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<SmlTelegram> message(byte[] content, SmlParser parser)
      throws SmlException {
    int start = parser.position();
    parser.list(MESSAGE_ELEMENTS);
    SmlNode unusedTransaction = parser.next();
    SmlNode unusedGroup = parser.next();
    SmlNode unusedOnError = parser.next();
    List<SmlNode> body = items(parser.next());
    int crc = SmlChecksum.of(content, start, parser.position());
    int sent = ((crc & 0xFF) << 8) | (crc >> 8);
    if (!number(parser.next()).equals(BigInteger.valueOf(sent))) {
      throw new SmlException("a message with a wrong checksum");
    }
    parser.endOfMessage();
    return body.size() == 2 && number(body.getFirst()).equals(GET_LIST_RESPONSE)
        ? Optional.of(list(items(body.getLast())))
        : Optional.empty();
  }

  private static SmlTelegram list(List<SmlNode> list) throws SmlException {
    if (list.size() != LIST_ELEMENTS) {
      throw new SmlException("a list response of " + list.size() + " elements");
    }
    List<Entry> entries = new ArrayList<>();
    for (SmlNode entry : items(list.get(VALUES))) {
      entries.add(entry(items(entry)));
    }
    return new SmlTelegram(octets(list.get(SERVER)), entries);
  }

  private static Entry entry(List<SmlNode> entry) throws SmlException {
    if (entry.size() != ENTRY_ELEMENTS || octets(entry.getFirst()).length != ObisCode.BYTES) {
      throw new SmlException("an entry that is none");
    }
    OptionalInt scaler = small(entry.get(4));
    if (Math.abs(scaler.orElse(0)) > MOST_SCALER) {
      throw new SmlException("a scaler that is none");
    }
    return new Entry(
        ObisCode.of(octets(entry.getFirst())), small(entry.get(3)), scaler.orElse(0), entry.get(5));
  }

  /** Returns an optional number of one byte. */
  private static OptionalInt small(SmlNode node) throws SmlException {
    return switch (node) {
      case SmlNode.Count(BigInteger value) when value.bitLength() <= Byte.SIZE ->
          OptionalInt.of(value.intValueExact());
      case SmlNode.Octets(byte[] bytes) when bytes.length == 0 -> OptionalInt.empty();
      case SmlNode.Count _, SmlNode.Octets _, SmlNode.Truth _, SmlNode.Items _ ->
          throw new SmlException("a unit or scaler that is none");
    };
  }

  private static List<SmlNode> items(SmlNode node) throws SmlException {
    if (node instanceof SmlNode.Items(List<SmlNode> items)) {
      return items;
    }
    throw new SmlException("no list where one must be");
  }

  private static BigInteger number(SmlNode node) throws SmlException {
    if (node instanceof SmlNode.Count(BigInteger value)) {
      return value;
    }
    throw new SmlException("no number where one must be");
  }

  private static byte[] octets(SmlNode node) throws SmlException {
    if (node instanceof SmlNode.Octets(byte[] bytes)) {
      return bytes;
    }
    throw new SmlException("no octets where they must be");
  }

  /** Returns who made the meter, empty if it does not say. */
  public String manufacturer() {
    return MANUFACTURER.stream().flatMap(name -> text(name).stream()).findFirst().orElse("");
  }

  /**
   * Returns the meter's serial number, empty if it does not say: as it is printed on the meter (DIN
   * 43863-5, such as {@code 1EMH0012345678}) where it has that form, else its characters, else its
   * bytes in hexadecimal.
   */
  public String serial(SmlProfile profile) {
    return profile.serial().map(name -> text(name).orElse("")).orElse(identity(server));
  }

  private Optional<String> text(ObisCode name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .flatMap(
            entry ->
                entry.value() instanceof SmlNode.Octets(byte[] bytes)
                    ? Optional.of(identity(bytes)).stream()
                    : Optional.<String>empty().stream())
        .findFirst();
  }

  /** DIN 43863-5: 0A, medium, three letters, fabrication block, number of 32 bits. */
  private static String identity(byte[] bytes) {
    String letters = new String(bytes, StandardCharsets.ISO_8859_1);
    if (letters.matches("(?s)[\\x09\\x0A][\\x01-\\x09][A-Z]{3}.{5}")) {
      long number = new BigInteger(1, bytes, 6, 4).longValueExact();
      if (number < 100_000_000) {
        return "%d%s%02X%08d".formatted(bytes[1], letters.substring(2, 5), bytes[5], number);
      }
    }
    return letters.matches("[!-~][ -~]{0,63}")
        ? letters
        : HexFormat.of().withUpperCase().formatHex(bytes, 0, Math.min(bytes.length, 32));
  }

  /** Returns a value, empty if this telegram has none such. */
  public Optional<Decoded> read(SmlValue wanted) {
    List<Entry> found =
        entries.stream().filter(entry -> entry.name().equals(wanted.obis())).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        found.size() > 1
            ? new Decoded.Refused(
                "ambiguous", "the telegram has " + found.size() + " entries " + wanted.obis())
            : decode(wanted, found.getFirst()));
  }

  private static Decoded decode(SmlValue wanted, Entry entry) {
    return switch (entry.value()) {
      case SmlNode.Octets(byte[] bytes) when bytes.length == 0 -> new Decoded.NotAvailable();
      case SmlNode.Count(BigInteger value) -> number(wanted, entry, value);
      case SmlNode.Octets _, SmlNode.Truth _, SmlNode.Items _ ->
          new Decoded.Refused("not-a-number", wanted.obis() + " is not sent as a number");
    };
  }

  private static Decoded number(SmlValue wanted, Entry entry, BigInteger value) {
    if (entry.unit().isEmpty() || !counts(entry.unit().getAsInt(), wanted.unit())) {
      return new Decoded.Refused(
          "wrong-unit",
          wanted.obis()
              + " is sent in DLMS unit "
              + (entry.unit().isEmpty() ? "none" : String.valueOf(entry.unit().getAsInt()))
              + ", not in a power of ten of "
              + wanted.unit().symbol());
    }
    BigDecimal perCount = perSentUnit(wanted.unit()).scaleByPowerOfTen(entry.scaler());
    BigDecimal step =
        wanted
            .resolution()
            .map(coarser -> coarser.multiply(wanted.unit().baseUnits()))
            .orElse(perCount);
    return new ExactValue(
            wanted.quantity(),
            new BigDecimal(value).multiply(perCount),
            step.max(perCount),
            wanted.maximum().map(most -> most.multiply(wanted.unit().baseUnits())))
        .decode();
  }

  private static boolean counts(int sent, Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR, WATT_HOUR -> sent == WATT_HOUR;
      case KILOWATT, WATT -> sent == WATT;
      case CUBIC_METRE -> sent == CUBIC_METRE || sent == CORRECTED_CUBIC_METRE;
      case NONE -> false;
    };
  }

  /** Telegrams count in Wh, W and m3, times a power of ten. */
  private static BigDecimal perSentUnit(Unit unit) {
    return switch (unit) {
      case KILOWATT_HOUR, WATT_HOUR -> Unit.WATT_HOUR.baseUnits();
      case KILOWATT, WATT -> Unit.WATT.baseUnits();
      case CUBIC_METRE, NONE -> unit.baseUnits();
    };
  }
}
