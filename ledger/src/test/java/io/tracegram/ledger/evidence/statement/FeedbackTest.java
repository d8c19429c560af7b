package io.tracegram.ledger.evidence.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FeedbackTest {
  private static final Feedback GOOD =
      new Feedback(
          "in", 5, 7, Feedback.Verdict.REFUSED, "unknown \u2192 lot", "custody.unknown-lot");

  @Property
  void comesBackEqual(@ForAll Feedback.Verdict verdict, @ForAll String text) {
    Feedback feedback = new Feedback("in", 5, 7, verdict, Feedback.cut(sound(text)), "");
    assertThat(Feedback.parse(feedback.encoded())).isEqualTo(feedback);
  }

  /** Half a pair is no text. */
  private static String sound(String text) {
    return text.replaceAll("[\\ud800-\\udfff]", "");
  }

  @Property
  void anythingElseIsRefused(@ForAll byte[] any) {
    try {
      assertThat(Feedback.parse(any).encoded()).isEqualTo(any);
    } catch (MalformedException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Example
  void aByteMoreOrLessOrATextThatIsTooLongIsRefused() {
    byte[] whole = GOOD.encoded();
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length + 1));
    refused(new byte[Feedback.MAX_LENGTH + 1]);
    assertThat(Feedback.cut("\ud83d\ude00".repeat(400)).length()).isEqualTo(256);
  }

  private static void refused(byte[] bytes) {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Feedback.parse(bytes));
  }
}
