package io.tracegram.deploy.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.deploy.probe.Fit.Closeness;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.ByteOrder;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.profile.RegisterEncoder;
import io.tracegram.runtime.profile.ValueType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DisplaySearchTest {
  private static final RegisterDefinition EXPECTED =
      ((MeterProfile) ProfileCatalog.bundled().find("eastron/sdm630").orElseThrow())
          .register(Quantity.ENERGY_IMPORT)
          .orElseThrow();

  private static List<Fit> search(String display, RegisterImage image) {
    return new DisplaySearch(DisplayNumber.parse(display, "kWh"), EXPECTED).search(image);
  }

  private static RegisterImage image(int address, byte[] bytes) {
    Map<Integer, Integer> words = new TreeMap<>();
    for (int i = 0; i < bytes.length / 2; i++) {
      words.put(address + i, Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2 * i)));
    }
    return new RegisterImage(Table.INPUT, words);
  }

  private static RegisterImage image(int address, String hex) {
    return image(address, HexFormat.of().parseHex(hex));
  }

  /** The worked example of the SDM630's document: 46 40 E6 B6 is 12345.677… kWh. */
  @Example
  void theProfileFitsADisplayThatCutsOffOrRounds() {
    for (String display :
        List.of("12345.6", "12345.7", "12345.67", "12345.68", "12345.678", "12345")) {
      assertThat(search(display, image(0x48, "4640E6B6")).getFirst())
          .as(display)
          .satisfies(
              fit -> {
                assertThat(fit.closeness()).isEqualTo(Closeness.EXACT);
                assertThat(fit.differences()).isEmpty();
              });
    }
    assertThat(search("12345.5", image(0x48, "4640E6B6")).getFirst().closeness())
        .isEqualTo(Closeness.COUNTED_ON);
    assertThat(search("12345.8", image(0x48, "4640E6B6"))).isEmpty();
    assertThat(search("12344.6", image(0x48, "4640E6B6"))).isEmpty();
  }

  @Example
  void aCoarseFloatFitsWithinItsOwnStep() {
    // 9,999,999 kWh: floats lie 1 kWh apart there
    assertThat(search("9999999.4", image(0x48, "4B18967F")).getFirst().closeness())
        .isEqualTo(Closeness.COARSE);
  }

  @Example
  void aRegisterOfOneCountIsNotTakenForAnyRoundNumber() {
    assertThat(search("10000.0", image(0x48, "00010000000000000001"))).isEmpty();
  }

  @Property(tries = 300)
  void findsWhateverAMeterCanHold(
      @ForAll @LongRange(min = 1_000_000, max = 9_999_999) long display,
      @ForAll @IntRange(min = -6, max = 6) int away,
      @ForAll ByteOrder order,
      @ForAll ValueType type) {
    if (type.words() < 2) {
      return;
    }
    boolean isFloat = type == ValueType.F32 || type == ValueType.F64;
    RegisterDefinition register =
        new RegisterDefinition(
            Quantity.ENERGY_IMPORT,
            Table.INPUT,
            EXPECTED.address() + away,
            type.words(),
            type,
            order,
            isFloat ? BigDecimal.ONE : new BigDecimal("0.1"),
            Unit.KILOWATT_HOUR,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    byte[] bytes = RegisterEncoder.encode(register, display * 100_000);

    assertThat(
            search(
                BigDecimal.valueOf(display, 1).toPlainString(), image(register.address(), bytes)))
        .anySatisfy(
            fit -> {
              assertThat(fit.register().address()).isEqualTo(register.address());
              assertThat(fit.register().byteOrder()).isEqualTo(order);
              assertThat(fit.register().words()).isEqualTo(type.words());
              assertThat(fit.value()).isCloseTo(BigDecimal.valueOf(display, 1), within());
            });
  }

  private static org.assertj.core.data.Offset<BigDecimal> within() {
    return org.assertj.core.data.Offset.offset(new BigDecimal("0.1"));
  }

  @Property(tries = 200)
  void whateverItFindsAgreesWithTheDisplay(@ForAll @Size(40) byte[] noise) {
    for (Fit fit : search("12345.6", image(0x40, noise))) {
      assertThat(fit.value()).isBetween(new BigDecimal("12330"), new BigDecimal("12360"));
    }
  }
}
