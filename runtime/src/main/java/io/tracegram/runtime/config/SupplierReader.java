package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.plant.Supplier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the suppliers that sign with keys of their own, and who may. Stateless. */
final class SupplierReader {
  private static final Pattern PERSON = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  private SupplierReader() {}

  static List<Supplier> read(YamlList list) {
    References ids = new References("supplier");
    References names = new References("supplier");
    List<Supplier> suppliers = new ArrayList<>();
    for (YamlMap yaml : list.maps()) {
      String id = ids.declare(yaml);
      String name = yaml.value("name", SupplierReader::name, "");
      names.declare(yaml, "name", name);
      Optional<PublicKey> key = key(yaml);
      List<Supplier.Person> people = people(yaml);
      yaml.close();
      if (suppliers.stream().noneMatch(known -> known.name().equals(name))) {
        key.map(read -> new Supplier(id, name, read, people)).ifPresent(suppliers::add);
      }
    }
    return suppliers;
  }

  private static Optional<PublicKey> key(YamlMap yaml) {
    Optional<PublicKey> key = yaml.publicKey("key");
    if (key.filter(read -> read.algorithm() == Algorithm.ML_DSA_44).isPresent()) {
      yaml.error("key", "bad-value", "'key' must be one of ES256 or Ed25519");
      return Optional.empty();
    }
    return key;
  }

  private static List<Supplier.Person> people(YamlMap supplier) {
    List<Supplier.Person> people = new ArrayList<>();
    for (YamlMap yaml : supplier.optionalList("people").maps()) {
      Supplier.Person person =
          new Supplier.Person(
              yaml.value(
                  "id",
                  text ->
                      Scalars.matching(
                          text, PERSON, "1 to 40 letters, digits, dots, dashes or underscores"),
                  ""),
              yaml.value("role", SupplierReader::name, ""));
      yaml.close();
      if (people.contains(person)) {
        yaml.error("id", "duplicate-id", "'" + person.id() + "' is listed twice in this role");
      }
      people.add(person);
    }
    return people;
  }

  /** A text that a claim has room for. */
  private static String name(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MaterialClaim.MAX_TEXT) {
      throw new IllegalArgumentException("is longer than " + MaterialClaim.MAX_TEXT + " bytes");
    }
    return Scalars.text(text);
  }
}
