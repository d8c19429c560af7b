package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.runtime.profile.RegisterDefinition.Table;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames are those of {@code shared/devices.md} §2, written down from vendors' documents. */
class RegisterDecoderTest {
  private static RegisterDefinition energy(
      ValueType type, ByteOrder order, String scale, Unit unit, String... notAvailable) {
    return new RegisterDefinition(
        Quantity.ENERGY_IMPORT,
        Table.INPUT,
        0,
        type.words(),
        type,
        order,
        new BigDecimal(scale),
        unit,
        List.of(notAvailable),
        Optional.empty(),
        Optional.of(BigDecimal.ZERO),
        Optional.empty(),
        Optional.empty());
  }

  private static RegisterDefinition serial(ValueType type, int words) {
    return new RegisterDefinition(
        Quantity.SERIAL,
        Table.HOLDING,
        0,
        words,
        type,
        ByteOrder.ABCD,
        BigDecimal.ONE,
        Unit.NONE,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void takesAFloatAtItsExactBinaryValueWithTheStepItHasThere() {
    RegisterDefinition register = energy(ValueType.F32, ByteOrder.ABCD, "1", Unit.KILOWATT_HOUR);

    // 12345.677734375 kWh, steps of 2^-10 kWh
    assertThat(RegisterDecoder.decode(register, hex("4640E6B6")))
        .isEqualTo(new Decoded.Value(12_345_677_734L, 977));
  }

  @Test
  void takesAnIntegerInWattHours() {
    RegisterDefinition register = energy(ValueType.I64, ByteOrder.ABCD, "1", Unit.WATT_HOUR);

    assertThat(RegisterDecoder.decode(register, hex("00000000075BCD15")))
        .isEqualTo(new Decoded.Value(123_456_789_000L, 1_000));
  }

  @Test
  void takesAWordSwappedIntegerOfTenthsOfAKilowattHour() {
    RegisterDefinition register = energy(ValueType.I32, ByteOrder.CDAB, "0.1", Unit.KILOWATT_HOUR);

    assertThat(RegisterDecoder.decode(register, hex("D6870012")))
        .isEqualTo(new Decoded.Value(123_456_700_000L, 100_000));
  }

  @Test
  void hearsAMeterSayThatItHasNoValue() {
    RegisterDefinition register =
        energy(ValueType.U64, ByteOrder.ABCD, "0.01", Unit.KILOWATT_HOUR, "FFFFFFFFFFFFFFFF");

    assertThat(RegisterDecoder.decode(register, hex("FFFFFFFFFFFFFFFF")))
        .isEqualTo(new Decoded.NotAvailable());
    assertThat(RegisterDecoder.decode(register, hex("000000000012D687")))
        .isEqualTo(new Decoded.Value(12_345_670_000L, 10_000));
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 7FC00000, not-a-number",
    "F32, 7F800000, not-a-number",
    "F32, 4640E6, length",
    "F32, 4640E6B600, length",
    "F32, BF800000, out-of-range",
    "F32, 7F7FFFFF, out-of-range",
    "F64, 7FEFFFFFFFFFFFFF, out-of-range",
    "F64, FFF0000000000000, not-a-number",
    "I64, FFFFFFFFFFFFFFFF, out-of-range",
    "U64, FFFFFFFFFFFFFFFE, out-of-range"
  })
  void refusesWhatIsNoAccountableValue(ValueType type, String bytes, String code) {
    RegisterDefinition register = energy(type, ByteOrder.ABCD, "1", Unit.KILOWATT_HOUR);

    assertThat(RegisterDecoder.decode(register, hex(bytes)))
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void readsSerialNumbersAsNumberOrText() {
    assertThat(RegisterDecoder.decode(serial(ValueType.U32, 2), hex("FFFFFFFE")))
        .isEqualTo(new Decoded.Identity("4294967294"));
    assertThat(RegisterDecoder.decode(serial(ValueType.STRING, 4), hex("4142312020000000")))
        .isEqualTo(new Decoded.Identity("AB1"));
    assertThat(RegisterDecoder.decode(serial(ValueType.STRING, 2), hex("41071B31")))
        .isInstanceOf(Decoded.Refused.class);
  }

  @ParameterizedTest
  @EnumSource(ByteOrder.class)
  void whatAMeterShowsIsReadBackInEveryByteOrder(ByteOrder order) {
    Random random = new Random(7);
    for (ValueType type : ValueType.values()) {
      if (type == ValueType.STRING) {
        continue;
      }
      RegisterDefinition register = energy(type, order, "1", Unit.WATT_HOUR);
      for (int i = 0; i < 200; i++) {
        long milliwattHours = random.nextLong(type.words() == 1 ? 32_767_000L : 2_147_483_647_000L);

        Decoded decoded =
            RegisterDecoder.decode(register, RegisterEncoder.encode(register, milliwattHours));

        assertThat(decoded)
            .isInstanceOfSatisfying(
                Decoded.Value.class,
                value ->
                    assertThat(Math.abs(value.baseUnits() - milliwattHours))
                        .as("%s of %s %s", milliwattHours, type, order)
                        .isLessThanOrEqualTo(value.resolution()));
      }
    }
  }

  @Test
  void aFloatRegisterStandsStillUntilItsNextStep() {
    RegisterDefinition register = energy(ValueType.F32, ByteOrder.ABCD, "1", Unit.KILOWATT_HOUR);
    long atTenMillion = 9_999_999_000_000L;

    assertThat(RegisterEncoder.encode(register, atTenMillion + 400_000))
        .isEqualTo(RegisterEncoder.encode(register, atTenMillion));
    assertThat(RegisterEncoder.encode(register, atTenMillion + 600_000))
        .isNotEqualTo(RegisterEncoder.encode(register, atTenMillion));
  }

  @Test
  void refusesToEncodeWhatDoesNotFit() {
    RegisterDefinition register = energy(ValueType.U16, ByteOrder.ABCD, "1", Unit.WATT_HOUR);

    assertThatThrownBy(() -> RegisterEncoder.encode(register, 65_536_000L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536 does not fit");
  }
}
