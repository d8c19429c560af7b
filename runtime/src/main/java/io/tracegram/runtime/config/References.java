package io.tracegram.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ids that one file declares, of one sort, with their lines. Single-threaded. */
final class References {
  private final String sort;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  /**
   * @param sort what the ids name, in the singular, such as {@code meter}
   */
  References(String sort) {
    this.sort = sort;
  }

  /** Reads an id that must be new. */
  String declare(YamlMap yaml) {
    String id = yaml.id("id");
    declare(yaml, "id", id);
    return id;
  }

  void declare(YamlMap yaml, String key, String id) {
    if (id.isEmpty()) {
      return;
    }
    Integer first = lines.putIfAbsent(id, yaml.line(key));
    if (first != null) {
      yaml.error(key, "duplicate-id", "'" + id + "' is already the " + sort + " of line " + first);
    }
  }

  /** Reports a reference to an id that is not declared. */
  void require(YamlMap yaml, String key, String id) {
    if (!id.isEmpty() && !lines.containsKey(id)) {
      yaml.error(
          key,
          "unknown-" + sort,
          "there is no " + sort + " '" + id + "'" + Suggestion.clause(id, lines.keySet()));
    }
  }

  Set<String> ids() {
    return lines.keySet();
  }
}
