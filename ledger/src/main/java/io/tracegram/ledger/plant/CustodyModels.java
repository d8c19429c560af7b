package io.tracegram.ledger.plant;

import io.tracegram.ledger.evidence.statement.CustodyModel;
import java.util.List;
import java.util.Optional;

/**
 * How a plant keeps material apart of which something is claimed; immutable.
 *
 * @param site of the whole plant
 * @param materials of those that have a model of their own, each once
 */
public record CustodyModels(Optional<CustodyModel> site, List<OfMaterial> materials) {
  public static final CustodyModels NONE = new CustodyModels(Optional.empty(), List.of());

  /** The model of a material. */
  public record OfMaterial(String gtin, CustodyModel model) {}

  public CustodyModels {
    materials = List.copyOf(materials);
    if (materials.stream().map(OfMaterial::gtin).distinct().count() < materials.size()) {
      throw new IllegalArgumentException("a material has two custody models");
    }
  }

  /**
   * Returns the model under which a material is kept: the weaker of its own and the site's. Where
   * neither is declared nothing is known to be kept apart, but what is mixed is weighed.
   */
  public CustodyModel of(String gtin) {
    Optional<CustodyModel> own =
        materials.stream()
            .filter(material -> material.gtin().equals(gtin))
            .map(OfMaterial::model)
            .findFirst();
    return own.map(model -> site.map(model::weaker).orElse(model))
        .or(() -> site)
        .orElse(CustodyModel.CONTROLLED_BLENDING);
  }
}
