package io.tracegram.ledger.plant;

import io.tracegram.ledger.plant.PlantModel.Material;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.quantity.Mass;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A place where lots lose their identity: what is poured in is blended, what is drawn is a part of
 * the blend; immutable.
 *
 * @param id {@code [a-z0-9-]{1,8}}: the numbers of its contents begin with it
 * @param gtin material of the blend, and of the lots that are drawn
 * @param workstation where it stands
 * @param accepts other materials that may be poured in
 * @param capacity &gt; 0; more than that in it is an exception
 * @param scanners ids of those that fill it or draw from it
 */
public record Silo(
    String id,
    String name,
    String gtin,
    String workstation,
    List<String> accepts,
    Optional<Mass> capacity,
    List<String> scanners) {
  /** What an id may be. */
  public static final String ID = "[a-z0-9-]{1,8}";

  public Silo {
    accepts = List.copyOf(accepts);
    scanners = List.copyOf(scanners);
    if (!id.matches(ID)) {
      throw new IllegalArgumentException("a silo's id is " + ID + ", not '" + id + "'");
    }
    if (capacity.filter(mass -> mass.milligrams() <= 0).isPresent()) {
      throw new IllegalArgumentException("the capacity of silo " + id + " is not above zero");
    }
  }

  /** Says whether a material may be poured in. */
  public boolean takes(String material) {
    return gtin.equals(material) || accepts.contains(material);
  }

  /**
   * Checks the silos of a plant.
   *
   * @throws IllegalArgumentException if two have one id, a material is unknown, or a scanner that
   *     fills or draws is not that of exactly one silo
   */
  static void require(List<Scanner> scanners, List<Material> materials, List<Silo> silos) {
    Set<String> ids = new HashSet<>();
    Set<String> bound = new HashSet<>();
    for (Silo silo : silos) {
      if (!ids.add(silo.id)) {
        throw new IllegalArgumentException("two silos have the id " + silo.id);
      }
      Stream.concat(Stream.of(silo.gtin), silo.accepts.stream())
          .filter(gtin -> materials.stream().noneMatch(known -> known.gtin().equals(gtin)))
          .forEach(
              gtin -> {
                throw new IllegalArgumentException("silo " + silo.id + " is of unknown " + gtin);
              });
      silo.scanners.forEach(
          scanner -> {
            if (!bound.add(scanner)) {
              throw new IllegalArgumentException("scanner " + scanner + " is of two silos");
            }
          });
    }
    Set<String> steps = new HashSet<>();
    scanners.stream()
        .filter(scanner -> scanner.step().isOfSilo())
        .forEach(scanner -> steps.add(scanner.id()));
    if (!steps.equals(bound)) {
      throw new IllegalArgumentException(
          "each scanner that fills or draws is that of one silo, and no other is");
    }
  }
}
