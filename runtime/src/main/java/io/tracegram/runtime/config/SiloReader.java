package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.PlantModel.Material;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a plant's silos with the scanners that fill them or draw from them. Used once. */
final class SiloReader {
  private static final Pattern ID = Pattern.compile(Silo.ID);
  private static final BigDecimal MOST_KG = BigDecimal.valueOf(1_000_000_000L);

  private final References workstations;
  private final References ids = new References("silo");
  private final Map<String, YamlMap> silos = new LinkedHashMap<>();
  private final Map<String, List<String>> scanners = new LinkedHashMap<>();

  SiloReader(References workstations) {
    this.workstations = workstations;
  }

  /** Reads the ids, to which the scanners refer. */
  void declare(YamlList list) {
    for (YamlMap silo : list.maps()) {
      String id =
          silo.value(
              "id", text -> Scalars.matching(text, ID, "a-z, 0-9 and -, at most 8 characters"), "");
      ids.declare(silo, "id", id);
      silos.putIfAbsent(id, silo);
    }
  }

  /** Reads the key {@code silo} of a scanner. */
  void scanner(YamlMap yaml, String id, Scanner.Step step, Optional<String> scale) {
    Optional<String> silo = yaml.optionalText("silo");
    silo.ifPresent(named -> ids.require(yaml, "silo", named));
    if (step.isOfSilo() && silo.isEmpty()) {
      yaml.error("step", "missing-key", "a scanner that fills or draws needs a 'silo'");
    } else if (!step.isOfSilo() && silo.isPresent()) {
      yaml.error("silo", "bad-value", "only a scanner that fills or draws has a 'silo'");
    }
    if (step == Scanner.Step.DRAW && scale.isEmpty()) {
      yaml.error("step", "missing-key", "a scanner that draws needs a 'scale'");
    }
    silo.ifPresent(named -> scanners.computeIfAbsent(named, _ -> new ArrayList<>()).add(id));
  }

  /** Reads the rest. */
  List<Silo> silos(List<Material> materials) {
    List<String> gtins = materials.stream().map(Material::gtin).toList();
    List<Silo> read = new ArrayList<>();
    silos.forEach(
        (id, yaml) -> {
          String station = yaml.text("workstation");
          workstations.require(yaml, "workstation", station);
          String gtin = yaml.value("gtin", Scalars::gtin, "");
          known(yaml, "gtin", gtin, gtins);
          List<String> accepts = accepts(yaml, gtins);
          String name = yaml.text("name");
          Optional<Mass> capacity = yaml.optionalValue("capacityKg", SiloReader::mass);
          yaml.close();
          if (id.matches(Silo.ID)) {
            read.add(
                new Silo(
                    id,
                    name,
                    gtin,
                    station,
                    accepts,
                    capacity,
                    scanners.getOrDefault(id, List.of())));
          }
        });
    return read;
  }

  private static List<String> accepts(YamlMap yaml, List<String> gtins) {
    List<String> accepts = new ArrayList<>();
    for (YamlText text : yaml.optionalList("accepts").texts()) {
      try {
        accepts.add(Scalars.gtin(text.text()));
      } catch (IllegalArgumentException e) {
        yaml.error("accepts", "bad-value", "'accepts' " + e.getMessage());
      }
    }
    accepts.forEach(gtin -> known(yaml, "accepts", gtin, gtins));
    return accepts;
  }

  private static void known(YamlMap yaml, String key, String gtin, List<String> gtins) {
    if (!gtin.isEmpty() && !gtins.contains(gtin)) {
      yaml.error(
          key,
          "unknown-material",
          "there is no material '" + gtin + "'" + Suggestion.clause(gtin, gtins));
    }
  }

  private static Mass mass(String text) {
    BigDecimal kilograms = Scalars.decimalWithPoint(text);
    if (kilograms.signum() <= 0
        || kilograms.compareTo(MOST_KG) > 0
        || kilograms.stripTrailingZeros().scale() > 6) {
      throw new IllegalArgumentException(
          "must be above 0, at most " + MOST_KG + " with at most six decimals, not '" + text + "'");
    }
    return new Mass(kilograms.movePointRight(6).longValueExact());
  }
}
