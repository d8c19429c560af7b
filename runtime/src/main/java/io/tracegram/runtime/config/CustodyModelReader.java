package io.tracegram.runtime.config;

import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.plant.CustodyModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads how a plant keeps materials apart, by site and material. Single-threaded, used once. */
final class CustodyModelReader {
  private static final String KEY = "custodyModel";
  private static final List<String> WORDS =
      Arrays.stream(CustodyModel.values())
          .map(model -> model.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .toList();

  private final List<CustodyModels.OfMaterial> materials = new ArrayList<>();
  private Optional<CustodyModel> site = Optional.empty();

  /** Reads the key {@code custodyModel} of the plant. */
  void site(YamlMap plant) {
    site = plant.optionalValue(KEY, CustodyModelReader::model);
  }

  /** Reads the key {@code custodyModel} of a material. */
  void material(YamlMap material, String gtin) {
    material
        .optionalValue(KEY, CustodyModelReader::model)
        // a material that is listed twice is reported where its number is read
        .filter(_ -> materials.stream().noneMatch(known -> known.gtin().equals(gtin)))
        .ifPresent(model -> materials.add(new CustodyModels.OfMaterial(gtin, model)));
  }

  CustodyModels models() {
    return new CustodyModels(site, materials);
  }

  private static CustodyModel model(String text) {
    int index = WORDS.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          "must be "
              + String.join(", ", WORDS)
              + ", not '"
              + text
              + "'"
              + Suggestion.clause(text, WORDS));
    }
    return CustodyModel.values()[index];
  }
}
