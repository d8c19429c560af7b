package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.MBusRecord.Function;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MBusTelegramTest {
  private static final MBusRecord ENERGY =
      new MBusRecord(
          Quantity.ENERGY_IMPORT,
          Unit.KILOWATT_HOUR,
          Function.INSTANTANEOUS,
          0,
          0,
          0,
          "",
          Optional.empty());

  /** Control, address, CI; 12345678 of KAM, version 1, heat; access number, status, signature. */
  private static final String HEADER = "08 01 72 78 56 34 12 2D 2C 01 04 01 00 00 00";

  static byte[] frame(String body) {
    return MBusFrame.ofLong(HexFormat.of().parseHex(body.replace(" ", "")));
  }

  private static Optional<Decoded> read(MBusRecord wanted, String records) {
    return ((MBusTelegram.Sound) MBusTelegram.parse(frame(HEADER + records)))
        .telegram()
        .read(wanted);
  }

  @Test
  void readsTheTariffOfTheStandardsExample() {
    MBusRecord tariff1 =
        new MBusRecord(
            Quantity.ENERGY_IMPORT,
            Unit.KILOWATT_HOUR,
            Function.INSTANTANEOUS,
            0,
            1,
            0,
            "",
            Optional.empty());
    // BCD of 8 digits, tariff 1, 10 Wh: 00001252 = 12,520 Wh
    String record = "8C 10 04 52 12 00 00";

    assertThat(read(tariff1, record)).contains(new Decoded.Value(12_520_000, 10_000));
    assertThat(read(ENERGY, record)).as("the sum is another record").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // 8, 16, 24, 32, 48, 64 bits; BCD of 4, 8 and 12 digits; a float
    "01 06 05, 5000000, 1000000",
    "02 03 E8 03, 1000000, 1000",
    "03 03 10 27 00, 10000000, 1000",
    "04 06 E7 91 00 00, 37351000000, 1000000",
    "06 00 15 CD 5B 07 00 00, 123456789, 1",
    "07 00 15 CD 5B 07 00 00 00 00, 123456789, 1",
    "0A 06 34 12, 1234000000, 1000000",
    "0C 06 78 56 34 12, 12345678000000, 1000000",
    "0E 00 12 90 78 56 34 12, 123456789012, 1",
    "05 06 B6 E6 40 46, 12345677734, 977",
    // 0.1 MWh by the extended table
    "04 FB 00 0A 00 00 00, 1000000000, 100000000"
  })
  void readsEveryFormExactly(String record, long baseUnits, long resolution) {
    assertThat(read(ENERGY, record)).contains(new Decoded.Value(baseUnits, resolution));
  }

  @ParameterizedTest
  @CsvSource({
    // joules, another storage number, a maximum, another subunit, an extension, a volume
    "04 0E 01 00 00 00",
    "44 06 01 00 00 00",
    "14 06 01 00 00 00",
    "84 40 06 01 00 00 00",
    "04 86 7F 01 00 00 00",
    "04 14 01 00 00 00"
  })
  void takesNoRecordForAnother(String record) {
    assertThat(read(ENERGY, record)).isEmpty();
  }

  @Test
  void refusesWhatIsNoValue() {
    assertThat(read(ENERGY, "0C 06 FF FF FF FF")).contains(new Decoded.NotAvailable());
    assertThat(read(ENERGY, "04 06 FF FF FF FF"))
        .get()
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.code()).isEqualTo("out-of-range"));
    assertThat(read(ENERGY, "04 06 01 00 00 00 04 06 02 00 00 00"))
        .get()
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.code()).isEqualTo("ambiguous"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', no sound frame",
    "E5, no sound frame",
    "68 03 03 68 08 01 72 7B 16, makes no sense",
    "68 03 03 68 08 01 72 7C 16, no sound frame",
    "68 03 04 68 08 01 72 7B 16, no sound frame"
  })
  void refusesWhatIsNoTelegram(String frame, String reason) {
    assertThat(MBusTelegram.parse(HexFormat.of().parseHex(frame.replace(" ", ""))))
        .isInstanceOfSatisfying(
            MBusTelegram.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void refusesAnEncryptedTelegram() {
    String encrypted = HEADER.substring(0, HEADER.length() - 5) + "10 05";

    assertThat(MBusTelegram.parse(frame(encrypted + "01".repeat(16))))
        .isInstanceOf(MBusTelegram.Refused.class);
  }

  @Property
  void readsWhatAMeterOfTheProfileSends(@ForAll @IntRange(min = 0) int kilowattHours) {
    MBusProfile profile =
        new MBusProfile("a/b", "A", "B", "s", "KAM", MBusMedium.HEAT, List.of(ENERGY));
    byte[] sent =
        MBusEncoder.encode(
            profile, 5, "87654321", Map.of(Quantity.ENERGY_IMPORT, kilowattHours * 1_000_000L));

    MBusTelegram telegram = ((MBusTelegram.Sound) MBusTelegram.parse(sent)).telegram();

    assertThat(telegram.identity())
        .isEqualTo(new MBusTelegram.Identity("KAM", "87654321", 1, Optional.of(MBusMedium.HEAT)));
    assertThat(telegram.read(ENERGY))
        .contains(new Decoded.Value(kilowattHours * 1_000_000L, 1_000_000));
  }

  @Property
  void neverThrowsOnAnyRecords(@ForAll @Size(max = 200) byte[] records) {
    byte[] body = HexFormat.of().parseHex(HEADER.replace(" ", ""));
    byte[] all = Arrays.copyOf(body, body.length + records.length);
    System.arraycopy(records, 0, all, body.length, records.length);

    if (MBusTelegram.parse(MBusFrame.ofLong(all)) instanceof MBusTelegram.Sound(var telegram)
        && telegram.read(ENERGY).orElse(new Decoded.NotAvailable())
            instanceof Decoded.Value(long baseUnits, long resolution)) {
      assertThat(baseUnits).isNotNegative();
      assertThat(resolution).isPositive();
    }
  }
}
