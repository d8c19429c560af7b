package io.tracegram.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one YAML document as a tree of nodes with lines; bounded in size, depth and aliases. */
final class YamlReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ALIASES = 20;

  private YamlReader() {}

  /** Reads a file whose document is a mapping; reports why and returns empty if it is not. */
  static Optional<YamlMap> read(Path file, Diagnostics diagnostics) {
    if (!Files.isRegularFile(file)) {
      diagnostics.error(file, 0, "unreadable", "there is no such file");
      return Optional.empty();
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      diagnostics.error(file, 0, "unreadable", "cannot be read: " + e.getMessage());
      return Optional.empty();
    }
    return parse(file, bytes, diagnostics);
  }

  static Optional<YamlMap> parse(Path file, byte[] bytes, Diagnostics diagnostics) {
    if (bytes.length > MAX_BYTES) {
      diagnostics.error(file, 0, "too-large", "is larger than 1 MiB");
      return Optional.empty();
    }
    Node root;
    try {
      root = compose(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      diagnostics.error(file, 0, "syntax", "is not UTF-8");
      return Optional.empty();
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      diagnostics.error(file, line, "syntax", oneLine(String.valueOf(e.getProblem())));
      return Optional.empty();
    } catch (YAMLException e) {
      diagnostics.error(file, 0, "syntax", oneLine(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    if (root instanceof MappingNode mapping) {
      return Optional.of(new YamlMap(file, mapping, diagnostics));
    }
    diagnostics.error(file, 1, "wrong-type", "must hold keys and values (key: value)");
    return Optional.empty();
  }

  private static Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    return new Yaml(options).compose(new StringReader(text));
  }

  private static String oneLine(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
