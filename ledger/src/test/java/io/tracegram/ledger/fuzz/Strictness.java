package io.tracegram.ledger.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every strict parser promises for any bytes whatever: it gives a value that is written back
 * as the same bytes, or refuses with a reason of one printable line; nothing else comes out, and
 * neither takes long.
 */
public final class Strictness {
  /** Far beyond what any input of a fuzzer's size needs, even on a busy machine. */
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Strictness() {}

  public static <T> void holds(
      byte[] input, Function<byte[], T> parse, Function<T, byte[]> encode) {
    long start = System.nanoTime();
    T value;
    try {
      value = parse.apply(input.clone());
    } catch (MalformedException e) {
      isAReason(e.getMessage());
      return;
    } finally {
      assertThat(System.nanoTime() - start).as("ns for one input").isLessThan(BOUND_NANOS);
    }
    assertThat(encode.apply(value)).isEqualTo(input);
  }

  /** The same for a parser of text, which reads bytes as the programs read a body: as UTF-8. */
  public static <T> void holdsForText(
      byte[] input, Function<String, T> parse, Function<T, String> format) {
    byte[] text = new String(input, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    holds(
        text,
        bytes -> parse.apply(new String(bytes, StandardCharsets.UTF_8)),
        value -> format.apply(value).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the reason of a refusal, which must come within 50 ms once the classes are loaded. */
  public static String refusal(Supplier<?> parse) {
    long quickest = Long.MAX_VALUE;
    String reason = "";
    for (int call = 0; call < 3; call++) { // the quickest: the machine may be busy with others
      long start = System.nanoTime();
      MalformedException refused = catchThrowableOfType(MalformedException.class, parse::get);
      quickest = Math.min(quickest, System.nanoTime() - start);
      assertThat(refused).as("accepted").isNotNull();
      reason = String.valueOf(refused.getMessage());
    }
    assertThat(quickest).as("ns to refuse").isLessThan(REFUSAL_NANOS);
    isAReason(reason);
    return reason;
  }

  /** Checks a reason that ends in log lines, PUBACKs and pages. */
  public static void isAReason(String reason) {
    assertThat(reason).isNotBlank().hasSizeLessThan(2_000);
    assertThat(reason.chars().filter(Character::isISOControl).count())
        .as("control characters in: %s", reason)
        .isZero();
  }
}
