package io.tracegram.ledger.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the EPC Tag Data Standard, appendix E, and what is none of its schemes. */
class TagIdentityTest {
  @ParameterizedTest
  @CsvSource({
    "3074257BF7194E4000001A85, 01/80614141123458/21/6789",
    "3674257BF6B7A659B2C2BF1000000000000000000000000000, 01/70614141123451/21/32a/b"
  })
  void anSgtinIsASerialisedItem(String epc, String item) {
    assertThat(read(epc)).isEqualTo(new TagIdentity.Item(new LotId(item)));
  }

  @ParameterizedTest
  @CsvSource({
    "3174257BF4499602D2000000, 00/106141412345678908",
    "31AC16465751CCD0C2000000, 00/302335678902000022",
    "3374257BF40C0E4000000190, 8003/00614141123452400",
    "3774257BF40C0E59B2C2BF1000000000000000000000, 8003/0061414112345232a/b"
  })
  void anSsccAndAGraiAreUnits(String epc, String unit) {
    assertThat(read(epc)).isEqualTo(new TagIdentity.Unit(new ContainerId(unit)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000000000000000000000", // no scheme
        "E2003412DC03011812345678", // a reader's own numbering
        "307C257BF7194E4000001A85", // SGTIN-96, but there is no partition 7
        "3018FFFFFFFFFF4000001A85", // SGTIN-96 with a prefix of more digits than its partition has
        "3074257BF7194E4000001A8500", // SGTIN-96, but 13 bytes
        "3174257BF4499602D2000001", // SSCC-96 whose reserved bits are not zero
        "3674257BF6B7A659B2C2BF1000000000000000000000000001", // a serial number that ends twice
        "3774257BF40C0E400000000000000000000000000000", // GRAI-170 without a serial number
        "3774257BF40C0E59B2C2BF1000000000000000000001", // GRAI-170 with a bit behind its end
        "3774257BF40C0E59B2C2BF10000000000000000000" // GRAI-170, but 21 bytes
      })
  void whatIsNotRightStaysPrivate(String epc) {
    assertThat(read(epc))
        .isEqualTo(
            new TagIdentity.Unit(new ContainerId("urn:epc:raw:" + epc.length() * 4 + ".x" + epc)));
  }

  @Property
  void anyBytesNameSomething(@ForAll @Size(min = 12, max = 62) byte[] epc, @ForAll int header) {
    epc[0] = new byte[] {0x30, 0x31, 0x33, 0x36, 0x37}[Math.floorMod(header, 5)];
    assertThat(TagIdentity.of(epc)).isNotNull();
  }

  @Test
  void theLongestTagHasAName() {
    byte[] epc = new byte[62];
    assertThat(TagIdentity.of(epc)).isEqualTo(new TagIdentity.Unit(ContainerId.ofTag(epc)));
  }

  private static TagIdentity read(String epc) {
    return TagIdentity.of(HexFormat.of().parseHex(epc));
  }
}
