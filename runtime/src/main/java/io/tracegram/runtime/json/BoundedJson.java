package io.tracegram.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;

/**
 * Reads one JSON object or list (RFC 8259, UTF-8) of a stranger: no member twice, decimals exact,
 * and everything bounded while it is read. Stateless.
 */
public final class BoundedJson {
  public static final int DEPTH = 32;
  public static final int TOKENS = 1_000_000;
  public static final int TEXT = 65_536;
  private static final int NAME = 1_024;
  private static final int NUMBER = 64;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxTokenCount(TOKENS)
                          .maxStringLength(TEXT)
                          .maxNameLength(NAME)
                          .maxNumberLength(NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private BoundedJson() {}

  /** What the bytes are. */
  public sealed interface Outcome {}

  /** One object. */
  public record Whole(ObjectNode root) implements Outcome {}

  /** What the bytes are, where a list is meant. */
  public sealed interface ListOutcome {}

  /** One list. */
  public record WholeList(ArrayNode root) implements ListOutcome {}

  /** Neither. */
  public record No(Fault fault) implements Outcome, ListOutcome {}

  private sealed interface Tree {}

  private record Sound(JsonNode root) implements Tree {}

  private record Unsound(No no) implements Tree {}

  /**
   * Reads a document.
   *
   * @param mostBytes that it may have
   */
  public static Outcome read(byte[] body, int mostBytes) {
    return switch (tree(body, mostBytes, "'{'")) {
      case Unsound(No no) -> no;
      case Sound(JsonNode root) ->
          root instanceof ObjectNode object
              ? new Whole(object)
              : no("must be one JSON object, {…}");
    };
  }

  /**
   * Reads a document that is a list.
   *
   * @param mostBytes that it may have
   */
  public static ListOutcome readList(byte[] body, int mostBytes) {
    return switch (tree(body, mostBytes, "'['")) {
      case Unsound(No no) -> no;
      case Sound(JsonNode root) ->
          root instanceof ArrayNode list ? new WholeList(list) : no("must be one JSON list, […]");
    };
  }

  private static Tree tree(byte[] body, int mostBytes, String start) {
    if (body.length > mostBytes) {
      return new Unsound(no("has " + body.length + " bytes, at most " + mostBytes + ": split it"));
    }
    if (!isUtf8Text(body)) {
      return new Unsound(no("must be JSON in UTF-8, and begin with " + start));
    }
    try (JsonParser parser = MAPPER.createParser(body)) {
      return tree(parser);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", e);
    }
  }

  private static Tree tree(JsonParser parser) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(parser);
      JsonToken next = parser.nextToken();
      return next == null ? new Sound(node) : unsound("has something after its first value");
    } catch (StreamConstraintsException e) {
      return unsound(
          parser,
          "goes beyond a bound: at most "
              + DEPTH
              + " levels, "
              + TOKENS
              + " values and brackets, texts of "
              + TEXT
              + ", names of "
              + NAME
              + ", numbers of "
              + NUMBER
              + " characters");
    } catch (MismatchedInputException e) {
      return unsound(parser, "has a member twice in one object: keep one");
    } catch (JsonProcessingException e) {
      return unsound(parser, "is no JSON: " + Excerpt.of(firstLine(e.getOriginalMessage())));
    } catch (NumberFormatException exponentBeyondInt) {
      return unsound(parser, "has a number beyond all bounds");
    } catch (CharConversionException e) {
      return unsound(parser, "is no JSON in UTF-8");
    }
  }

  /** UTF-16 and UTF-32 show themselves by a zero among the first bytes, or by their mark. */
  private static boolean isUtf8Text(byte[] body) {
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0 || (i < 2 && (body[i] == (byte) 0xFE || body[i] == (byte) 0xFF))) {
        return false;
      }
    }
    return body.length > 0;
  }

  private static No no(String reason) {
    return new No(new Fault("", "The document " + reason + "."));
  }

  private static Tree unsound(String reason) {
    return new Unsound(no(reason));
  }

  private static Tree unsound(JsonParser parser, String reason) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    if (pointer.length() > Place.LONGEST) {
      pointer = "";
    }
    return new Unsound(
        new No(
            new Fault(
                pointer,
                "The document "
                    + reason
                    + " (line "
                    + Math.max(1, parser.currentLocation().getLineNr())
                    + ").")));
  }

  private static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
