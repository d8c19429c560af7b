package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.Quantity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What went over a device's line, with the readings it must give. Immutable.
 *
 * @param profile id of the profile that must read them
 * @param source where the frames come from
 * @param frames of a meter
 * @param lines of a scale
 */
public record RecordingFile(
    Path file, String profile, String source, List<Frame> frames, List<Line> lines) {
  static final Set<String> KEYS = Set.of("profile", "source", "frames", "lines");
  private static final Map<String, Quantity> QUANTITIES =
      Stream.of(Quantity.values()).collect(Collectors.toMap(Quantity::id, quantity -> quantity));

  /**
   * A request and its reply, as frames of Modbus RTU or M-Bus with their checksums; an SML file, or
   * the payload of a CoAP message, without a request.
   *
   * @param request empty where the meter pushes
   * @param quantity that was asked for
   * @param expected decimal base units of the register, or the text of an identity
   * @param resolution expected step in base units, empty for an identity
   */
  public record Frame(
      String request,
      String reply,
      Quantity quantity,
      String expected,
      Optional<Long> resolution) {}

  /**
   * A line of a scale.
   *
   * @param text without its end, ASCII
   * @param expected milligrams, or the code with which it is refused
   */
  public record Line(String text, String expected) {}

  public RecordingFile {
    frames = List.copyOf(frames);
    lines = List.copyOf(lines);
  }

  /** Reads a recording. */
  public static Loaded<RecordingFile> load(Path file) {
    return Loaded.of(
        diagnostics -> YamlReader.read(file, diagnostics).flatMap(RecordingFile::read));
  }

  static Optional<RecordingFile> read(YamlMap yaml) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String profile = yaml.text("profile");
    String source = yaml.text("source");
    List<Frame> frames = new ArrayList<>();
    for (YamlMap frame :
        (yaml.has("lines") ? yaml.optionalList("frames") : yaml.list("frames")).maps()) {
      boolean payload = frame.has("payload");
      frames.add(
          new Frame(
              payload ? "" : frame.optionalValue("request", RecordingFile::hex).orElse(""),
              payload
                  ? frame.value("payload", RecordingFile::payload, "")
                  : frame.value("reply", RecordingFile::hex, ""),
              frame.oneOf("register", QUANTITIES),
              frame.text("expect"),
              frame.optionalValue("resolution", text -> Scalars.integer(text, 1, Long.MAX_VALUE))));
      frame.close();
    }
    List<Line> lines = new ArrayList<>();
    for (YamlMap line : yaml.optionalList("lines").maps()) {
      lines.add(new Line(line.value("line", RecordingFile::ascii, ""), line.text("expect")));
      line.close();
    }
    yaml.close();
    return yaml.diagnostics().errorCount() > errorsBefore
        ? Optional.empty()
        : Optional.of(new RecordingFile(yaml.file(), profile, source, frames, lines));
  }

  private static String ascii(String text) {
    if (!text.isEmpty() && StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      return text;
    }
    throw new IllegalArgumentException("must be a line of ASCII");
  }

  /** JSON as it is, or hexadecimal bytes. */
  private static String payload(String text) {
    return text.startsWith("[")
        ? HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
        : hex(text);
  }

  private static String hex(String text) {
    String digits = text.replace(" ", "");
    try {
      if (HexFormat.of().parseHex(digits).length >= 5) {
        return digits;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be hexadecimal bytes, not '" + text + "'", e);
    }
    throw new IllegalArgumentException("must be a whole frame of 5 bytes or more");
  }
}
