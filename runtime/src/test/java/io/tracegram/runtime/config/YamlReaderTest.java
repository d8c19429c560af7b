package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private static List<Diagnostic> parse(byte[] bytes) {
    Diagnostics diagnostics = new Diagnostics();
    YamlReader.parse(Path.of("a.yaml"), bytes, diagnostics)
        .ifPresent(yaml -> assertThat(yaml.keys()).isNotNull());
    return diagnostics.list();
  }

  private static List<Diagnostic> parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSyntaxErrorIsOneProblemAtItsLine() {
    assertThat(parse("a: 1\nb: [1, 2\nc: 3\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("syntax");
              assertThat(problem.line()).isEqualTo(3);
            });
  }

  @Test
  void aKeyGivenTwiceIsAnError() {
    assertThat(parse("a: 1\nb: 2\na: 3\n"))
        .containsExactly(
            new Diagnostic(
                Path.of("a.yaml"),
                3,
                Diagnostic.Severity.ERROR,
                "duplicate-key",
                "'a' is given twice"));
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(parse(bomb.toString())).extracting(Diagnostic::code).containsExactly("syntax");
  }

  @Test
  void aDeepNestIsRefused() {
    assertThat(parse("a: " + "[".repeat(100_000)))
        .extracting(Diagnostic::code)
        .containsExactly("syntax");
  }

  @Test
  void aHugeFileIsRefused() {
    assertThat(parse(new byte[(1 << 20) + 1]))
        .extracting(Diagnostic::code)
        .containsExactly("too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "just text", "- a\n- b\n", "a: 1\n---\nb: 2\n", "\u0001: 2", "? [a]\n: b\n"})
  void whatIsNoMappingIsReported(String text) {
    assertThat(parse(text)).hasSize(1);
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(11);
    byte[] valid = ConfigFixture.PLANT.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = valid.clone();
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Diagnostics diagnostics = new Diagnostics();
      YamlReader.parse(Path.of("a.yaml"), bytes, diagnostics)
          .ifPresent(yaml -> PlantFile.read(yaml, ProfileCatalog.of(Path.of("src"))));
    }
  }
}
