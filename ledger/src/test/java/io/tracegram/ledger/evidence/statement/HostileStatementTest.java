package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements made to break the reader: each is refused for exactly its reason, and quickly. */
class HostileStatementTest {
  private static final PrivateKey KEY = Samples.AGENT_KEY;
  private static final byte[] SIGNATURE = new byte[64];

  @ParameterizedTest
  @CsvSource({
    "d862, expected tag 18 at byte 0", // 98, COSE_Sign
    "d1, expected tag 18 at byte 0", // 17, COSE_Mac0
    "d9d9f7d2, expected tag 18 at byte 0", // self-described CBOR before it
    "d812, not the shortest form (major type 6) at byte 0", // 18 in two bytes
    "'', expected tag 18 at byte 0", // none
  })
  void refusesEveryTagButSign1(String tag, String reason) {
    byte[] untagged = HexFormat.of().parseHex(hex(envelope()).substring(2));
    byte[] tagged = join(HexFormat.of().parseHex(tag), untagged);

    assertThat(refusal(tagged)).isEqualTo(reason);
  }

  static Stream<Arguments> envelopes() {
    byte[] header = header(-7);
    byte[] payload = payload("01");
    return Stream.of(
        arguments("a run of tags", "d2".repeat(10_000) + "00", "expected an array at byte 1"),
        arguments("depth 10,000", "d2" + "81".repeat(10_000) + "00", "expected an array of 4"),
        arguments("depth 10,000 for a header", "d284" + "81".repeat(10_000), "a byte string"),
        arguments("2^63 bytes", "d2845b8000000000000000", "number beyond 63 bits at byte 2"),
        arguments("2^64 - 1 items", "d29bffffffffffffffff", "number beyond 63 bits at byte 1"),
        arguments(
            "2^63 - 1 bytes",
            "d2845b7fffffffffffffff",
            "byte string of length 9223372036854775807 is too long at byte 2"),
        arguments("2^31 items", "d29a80000000", "array of length 2147483648 is too long at byte 1"),
        arguments("indefinite array", "d29f40a04040ff", "indefinite or reserved length at byte 1"),
        arguments("indefinite header", "d2845f41a0ff", "indefinite or reserved length at byte 2"),
        arguments("reserved length", "d2845c000000", "indefinite or reserved length at byte 2"),
        arguments(
            "a header longer than any",
            "d284590201" + "00".repeat(513),
            "byte string of length 513 is too long"),
        arguments("nothing", "", "truncated at byte 0"),
        arguments("a tag only", "d2", "truncated at byte 1"),
        arguments(
            "an unprotected header",
            hex(envelope(header, "a10126", bytes(payload), bytes(SIGNATURE))),
            "map of length 1 is too long"),
        arguments(
            "a detached payload",
            hex(envelope(header, "a0", "f6", bytes(SIGNATURE))),
            "expected a byte string"),
        arguments(
            "an empty signature",
            hex(envelope(header, "a0", bytes(payload), "40")),
            "a signature has 64 bytes, not 0"),
        arguments(
            "a signature in DER's length",
            hex(envelope(header, "a0", bytes(payload), bytes(new byte[71]))),
            "byte string of length 71 is too long"),
        arguments(
            "a fifth item",
            hex(envelope(header, "a0", bytes(payload), bytes(SIGNATURE))).replaceFirst("84", "85")
                + "00",
            "array of length 5 is too long at byte 1"),
        arguments("trailing bytes", hex(envelope()) + "00", "trailing bytes"),
        arguments("beyond every limit", "00".repeat(65_001), "the limit is 65000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("envelopes")
  void refusesEveryOtherEnvelope(String name, String encoded, String reason) {
    assertThat(refusal(HexFormat.of().parseHex(encoded))).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "a401260126, expected key 3", // duplicate
    "a403780000, expected key 1", // unsorted
    "a439000026, not the shortest form", // key -1 in three bytes
    "a418012600, not the shortest form", // key 1 in two bytes
    "a4f97e0026, expected an integer", // NaN as key
    "a401f97e00, expected an integer", // NaN as algorithm
    "a401fb3ff0000000000000, expected an integer", // 1.0
    "a401c24101, expected an integer", // bignum
    "a401f60000, expected an integer", // null
    "a4013bffffffffffffffff, number beyond 63 bits",
    "a401260362c328, bad UTF-8",
    "a40126037f, indefinite or reserved length",
    "a401260361610440, content type is not application/tracegram+cbor",
    "bf0126ff, indefinite or reserved length",
    "a5, map of length 5 is too long", // one more parameter, such as crit
    "a3000000, expected a map of 4",
    "'', truncated",
  })
  void refusesEveryOtherHeader(String header, String reason) {
    byte[] encoded =
        envelope(HexFormat.of().parseHex(header), "a0", bytes(payload("01")), bytes(SIGNATURE));

    assertThat(refusal(encoded)).contains(reason);
  }

  static Stream<Arguments> payloads() {
    return Stream.of(
        arguments("version in two bytes", "1801", "not the shortest form"),
        arguments("version in nine bytes", "1b0000000000000001", "not the shortest form"),
        arguments("version as a float", "f93c00", "expected an integer"),
        arguments("version NaN", "f97e00", "expected an integer"),
        arguments("version infinite", "f97c00", "expected an integer"),
        arguments("version true", "f5", "expected an integer"),
        arguments("version undefined", "f7", "expected an integer"),
        arguments("version in a reserved simple value", "f818", "expected an integer"),
        arguments("version break", "ff", "expected an integer"),
        arguments("version tagged", "c101", "expected an integer"),
        arguments("version -1", "20", "integer -1 outside [1, 1]"),
        arguments("version 2^63", "1b8000000000000000", "number beyond 63 bits"),
        arguments("version an array of depth 10,000", "81".repeat(10_000), "expected an integer"),
        arguments("key 1 twice", "0101", "expected key 2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("payloads")
  void refusesEveryOtherPayload(String name, String version, String reason) {
    byte[] encoded = envelope(header(-7), "a0", bytes(payload(version)), bytes(SIGNATURE));

    assertThat(refusal(encoded)).contains(reason);
  }

  @Test
  void refusesAHeaderThatNamesAnotherAuthorThanThePayload() {
    byte[] encoded = envelope(header(-7, "other"), "a0", bytes(payload("01")), bytes(SIGNATURE));

    assertThat(refusal(encoded)).isEqualTo("issuer and agent differ");
  }

  @Test
  void refusesBodiesThatClaimMoreThanTheyHold() {
    // 4,096 series of which none is there; 2^32 readings; a body nested without end
    assertThat(refusal(withReadings("991000"))).contains("array of length 4096 is too long");
    assertThat(refusal(withReadings("81866161016161019affffffff"))).contains("is too long");
    assertThat(refusal(withReadings("81".repeat(10_000)))).contains("expected an array of 6");
  }

  @Test
  void refusesDifferencesThatAddUpBeyondALong() {
    String largest = "1b7fffffffffffffff";
    assertThat(refusal(withReadings("8186616101616101" + "82" + largest + largest + "820000")))
        .contains("differences add up beyond 63 bits");
  }

  private static byte[] withReadings(String body) {
    String head = hex(payload("01"));
    // kind 7 with an empty array at the end becomes kind 1 with the body
    String payload = head.substring(0, head.length() - "0a070b80".length()) + "0a010b" + body;
    return envelope(header(-7), "a0", bytes(HexFormat.of().parseHex(payload)), bytes(SIGNATURE));
  }

  private static String refusal(byte[] encoded) {
    return Strictness.refusal(() -> SignedStatement.parse(encoded));
  }

  private static byte[] envelope() {
    return envelope(header(-7), "a0", bytes(payload("01")), bytes(SIGNATURE));
  }

  private static byte[] envelope(
      byte[] header, String unprotected, String payload, String signature) {
    return new CborWriter()
        .tag(18)
        .array(4)
        .bytes(header)
        .encoded(HexFormat.of().parseHex(unprotected))
        .encoded(HexFormat.of().parseHex(payload))
        .encoded(HexFormat.of().parseHex(signature))
        .toByteArray();
  }

  private static byte[] header(int algorithm) {
    return header(algorithm, "agent");
  }

  private static byte[] header(int algorithm, String issuer) {
    return new CborWriter()
        .map(4)
        .integer(1)
        .integer(algorithm)
        .integer(3)
        .text("application/tracegram+cbor")
        .integer(4)
        .bytes(KEY.publicKey().keyId().bytes())
        .integer(15)
        .map(2)
        .integer(1)
        .text(issuer)
        .integer(2)
        .text("plant")
        .toByteArray();
  }

  /** A heartbeat whose version is spelled as given. */
  private static byte[] payload(String version) {
    CborWriter out = new CborWriter().map(11).integer(1);
    out.encoded(HexFormat.of().parseHex(version));
    out.integer(2).text("agent").integer(3).integer(3).integer(4).integer(4);
    out.integer(5).integer(5).integer(6).bytes(Hash.ZERO.bytes());
    out.integer(7).integer(6_000).integer(8).integer(7).integer(9).integer(3);
    return out.integer(10).integer(7).integer(11).array(0).toByteArray();
  }

  private static String bytes(byte[] value) {
    return hex(new CborWriter().bytes(value).toByteArray());
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }

  private static byte[] join(byte[] first, byte[] second) {
    return new CborWriter().encoded(first).encoded(second).toByteArray();
  }
}
