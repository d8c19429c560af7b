package io.tracegram.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A list of a YAML file. Single-threaded. */
final class YamlList {
  private static final int MAX_ITEMS = 1_000;

  private final Path file;
  private final String key;
  private final List<Node> nodes;
  private final Diagnostics diagnostics;

  YamlList(Path file, String key, List<Node> nodes, Diagnostics diagnostics) {
    this.file = file;
    this.key = key;
    this.diagnostics = diagnostics;
    if (nodes.size() > MAX_ITEMS) {
      diagnostics.error(
          file,
          nodes.getFirst().getStartMark().getLine() + 1,
          "too-many",
          "'" + key + "' has " + nodes.size() + " items, at most " + MAX_ITEMS + " are allowed");
    }
    this.nodes = List.copyOf(nodes.subList(0, Math.min(nodes.size(), MAX_ITEMS)));
  }

  /** Returns the items that are mappings; others are reported. */
  List<YamlMap> maps() {
    List<YamlMap> maps = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof MappingNode mapping) {
        maps.add(new YamlMap(file, mapping, diagnostics));
      } else {
        wrongType(node, "keys and values");
      }
    }
    return maps;
  }

  /** Returns the items that are texts; others are reported. */
  List<YamlText> texts() {
    List<YamlText> texts = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        texts.add(new YamlText(line(node), scalar.getValue()));
      } else {
        wrongType(node, "single values");
      }
    }
    return texts;
  }

  private void wrongType(Node node, String expected) {
    diagnostics.error(file, line(node), "wrong-type", "'" + key + "' is a list of " + expected);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
