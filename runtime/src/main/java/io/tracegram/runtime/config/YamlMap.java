package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.runtime.key.KeyFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file, read key by key; {@link #close} then reports the keys nobody asked for.
 * A method that reports a problem still returns a placeholder, so that reading goes on: what is
 * built from it must be discarded when the error count has grown. Single-threaded.
 */
final class YamlMap {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final HostPort NOWHERE = new HostPort("invalid", 0);

  private final Path file;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Diagnostics diagnostics;

  YamlMap(Path file, MappingNode node, Diagnostics diagnostics) {
    this.file = file;
    this.line = node.getStartMark().getLine() + 1;
    this.diagnostics = diagnostics;
    for (NodeTuple tuple : node.getValue()) {
      int keyLine = tuple.getKeyNode().getStartMark().getLine() + 1;
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        diagnostics.error(file, keyLine, "wrong-type", "a key must be a single value");
      } else if (values.putIfAbsent(scalar.getValue(), tuple.getValueNode()) == null) {
        keyLines.put(scalar.getValue(), keyLine);
      } else {
        diagnostics.error(
            file, keyLine, "duplicate-key", "'" + scalar.getValue() + "' is given twice");
      }
    }
  }

  Path file() {
    return file;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  Set<String> keys() {
    return values.keySet();
  }

  /** Returns the line of a key, or of the mapping if the key is absent. */
  int line(String key) {
    return keyLines.getOrDefault(key, line);
  }

  boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  void error(String key, String code, String message) {
    diagnostics.error(file, line(key), code, message);
  }

  void warning(String key, String code, String message) {
    diagnostics.warning(file, line(key), code, message);
  }

  // ---- single values

  /** Reads a value that must be there. */
  <T> T value(String key, Function<String, T> parse, T placeholder) {
    if (!has(key)) {
      error(key, "missing-key", "'" + key + "' is missing here");
      return placeholder;
    }
    return optionalValue(key, parse).orElse(placeholder);
  }

  /** Reads a value that may be absent. */
  <T> Optional<T> optionalValue(String key, Function<String, T> parse) {
    Optional<String> scalar = scalar(key);
    try {
      return scalar.map(parse);
    } catch (IllegalArgumentException e) {
      error(key, "bad-value", "'" + key + "' " + e.getMessage());
      return Optional.empty();
    }
  }

  String text(String key) {
    return value(key, Scalars::text, "");
  }

  Optional<String> optionalText(String key) {
    return optionalValue(key, Scalars::text);
  }

  /** Reads an id: lower case letters, digits and hyphens, at most 64. */
  String id(String key) {
    return value(key, YamlMap::checkedId, "");
  }

  static String checkedId(String text) {
    return Scalars.matching(text, ID, "an id of a-z, 0-9 and -, at most 64 characters");
  }

  BigDecimal decimal(String key) {
    return value(key, Scalars::decimal, BigDecimal.ONE);
  }

  Optional<BigDecimal> optionalDecimal(String key) {
    return optionalValue(key, Scalars::decimal);
  }

  long integer(String key, long minimum, long maximum) {
    return value(key, text -> Scalars.integer(text, minimum, maximum), minimum);
  }

  long integer(String key, long minimum, long maximum, long otherwise) {
    return optionalValue(key, text -> Scalars.integer(text, minimum, maximum)).orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return optionalValue(key, Scalars::flag).orElse(otherwise);
  }

  Duration duration(String key, Duration otherwise) {
    return optionalValue(key, Scalars::duration).orElse(otherwise);
  }

  Instant instant(String key) {
    return value(key, Scalars::instant, Instant.EPOCH);
  }

  /** Reads {@code tcp://host:port}. */
  HostPort address(String key) {
    return value(key, Scalars::tcpAddress, NOWHERE);
  }

  /** Reads {@code host:port}, where something listens. */
  HostPort hostPort(String key) {
    return value(key, Scalars::hostPort, NOWHERE);
  }

  URI url(String key) {
    return value(key, Scalars::httpUrl, URI.create("http://invalid"));
  }

  Optional<URI> optionalUrl(String key) {
    return optionalValue(key, Scalars::httpUrl);
  }

  /** Reads a path, relative to this file's directory. */
  Path path(String key) {
    return value(key, this::resolve, file);
  }

  /** Reads a path that may be absent, relative to this file's directory. */
  Optional<Path> optionalPath(String key) {
    return optionalValue(key, this::resolve);
  }

  /** Reads the C2SP tlog-policy in a file, relative to this file's directory. */
  Optional<TlogPolicy> optionalPolicy(String key) {
    return optionalValue(
        key,
        text -> {
          Path policy = resolve(text);
          try {
            return TlogPolicy.parse(Files.readString(policy));
          } catch (MalformedException e) {
            throw new IllegalArgumentException(
                "names " + policy + ", which is no tlog-policy: " + e.getMessage(), e);
          } catch (IOException e) {
            throw new IllegalArgumentException(
                "names " + policy + ", which cannot be read: correct the path", e);
          }
        });
  }

  /** Reads a vkey or {@code file:PATH} of one. */
  VerifierSource verifier(String key) {
    return value(key, this::verifierSource, new VerifierSource.File(file));
  }

  VerifierSource verifierSource(String text) {
    return text.startsWith("file:")
        ? new VerifierSource.File(resolve(text.substring("file:".length())))
        : new VerifierSource.Inline(Scalars.vkey(text));
  }

  /** Reads a public key as {@link KeyFiles} writes it, or {@code file:PATH} of one. */
  Optional<PublicKey> publicKey(String key) {
    return value(key, text -> Optional.of(publicKeyOf(text)), Optional.empty());
  }

  private PublicKey publicKeyOf(String text) {
    try {
      return text.startsWith("file:")
          ? KeyFiles.readPublic(resolve(text.substring("file:".length())))
          : KeyFiles.parsePublic(text);
    } catch (MalformedException | IOException e) {
      throw new IllegalArgumentException(
          "must be es256:HEX, ed25519:HEX or file:PATH of one: " + e.getMessage(), e);
    }
  }

  /** Reads one of an enum's constants, written in lower case with hyphens. */
  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    return oneOf(key, Scalars.choices(type));
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type, E otherwise) {
    return optionalValue(key, text -> Scalars.oneOf(text, Scalars.choices(type))).orElse(otherwise);
  }

  /** Reads one of the named choices; the first is the placeholder. */
  <T> T oneOf(String key, Map<String, T> choices) {
    return value(key, text -> Scalars.oneOf(text, choices), choices.values().iterator().next());
  }

  // ---- structure

  Optional<YamlMap> map(String key) {
    if (!has(key)) {
      error(key, "missing-key", "'" + key + "' is missing here");
      return Optional.empty();
    }
    return optionalMap(key);
  }

  Optional<YamlMap> optionalMap(String key) {
    known.add(key);
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMap(file, mapping, diagnostics));
    }
    error(key, "wrong-type", "'" + key + "' must hold keys and values");
    return Optional.empty();
  }

  /** Reads a list that must be there, with at least one item. */
  YamlList list(String key) {
    if (!has(key)) {
      error(key, "missing-key", "'" + key + "' is missing here");
    } else if (values.get(key) instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
      error(key, "missing-value", "'" + key + "' must have at least one item");
    }
    return optionalList(key);
  }

  YamlList optionalList(String key) {
    known.add(key);
    Node node = values.get(key);
    if (node instanceof SequenceNode sequence) {
      return new YamlList(file, key, sequence.getValue(), diagnostics);
    }
    if (node != null) {
      error(key, "wrong-type", "'" + key + "' must be a list");
    }
    return new YamlList(file, key, List.of(), diagnostics);
  }

  /** Reports every key that was never asked for; call it when all were. */
  void close() {
    Set<String> unknown = new HashSet<>(values.keySet());
    unknown.removeAll(known);
    Set<String> candidates = new TreeSet<>(known);
    candidates.removeAll(values.keySet());
    for (String key : unknown) {
      error(
          key,
          "unknown-key",
          "'"
              + key
              + "' is not known here"
              + Suggestion.clause(key, candidates.isEmpty() ? known : candidates));
    }
  }

  private Optional<String> scalar(String key) {
    known.add(key);
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar)) {
      error(key, "wrong-type", "'" + key + "' must be a single value");
      return Optional.empty();
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      error(key, "missing-value", "'" + key + "' has no value");
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  private Path resolve(String text) {
    try {
      return file.resolveSibling(Path.of(Scalars.text(text))).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no path: " + e.getReason(), e);
    }
  }
}
