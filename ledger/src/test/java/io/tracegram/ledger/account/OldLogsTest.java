package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.Site.below;
import static io.tracegram.ledger.account.Site.factor;
import static io.tracegram.ledger.account.Site.in;
import static io.tracegram.ledger.account.Site.out;
import static io.tracegram.ledger.account.Site.source;
import static io.tracegram.ledger.account.Site.supply;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Carrier;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.PlantModelCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the second calculator wrote on 23 November 2026, before it knew combined heat and power,
 * factors with an uncertainty, or sets to take them from: the same bytes for ever.
 */
class OldLogsTest {
  private static final Carrier GAS =
      new Carrier(
          "gas",
          "Gas",
          Carrier.Kind.FUEL,
          factor("0.18231", EmissionFactor.Unit.KWH_GROSS),
          Optional.of(factor("0.03", EmissionFactor.Unit.KWH_GROSS)),
          Optional.of(factor("0.01", EmissionFactor.Unit.KWH_GROSS)));
  private static final Carrier HEAT =
      new Carrier(
          "heat", "Heat", Carrier.Kind.HEAT, factor("0.17529"), Optional.empty(), Optional.empty());
  private static final PlantModel.Grid GRID =
      new PlantModel.Grid(
          Optional.of(factor("0.2")),
          PlantModel.Grid.DEFAULT_INTENSITY,
          Optional.of(factor("0.7")),
          Optional.of(factor("0.05")),
          Optional.of(factor("0.04")),
          true);
  private static final Meter[] METERS = {
    source("grid", Meter.Role.GRID_IMPORT),
    source("sun", Meter.Role.GENERATION),
    source("battery", Meter.Role.STORAGE),
    supply("burner", "gas"),
    supply("station", "heat"),
    below("grid", "furnace"),
    below("grid", "press")
  };

  @Test
  void encodesAPlantAsBefore() {
    byte[] encoded = PlantModelCodec.encode(Site.model(GRID, List.of(GAS, HEAT), METERS));

    assertThat(sha256(List.of(encoded)))
        .isEqualTo("95cdacaa445664a4e9189dc942871ac2f8b1772e564a630c22d82694a62587f3");
    assertThat(PlantModelCodec.encode(PlantModelCodec.decode(encoded))).isEqualTo(encoded);
  }

  @Test
  void accountsAndRestatesAsBefore() {
    Site site = new Site(GRID, List.of(GAS, HEAT), METERS);
    for (int minutes = 0; minutes <= 120; minutes += 15) {
      if (minutes == 45) {
        site.price(Site.slot(0, 400, false), Site.slot(15, 300, true), Site.slot(30, 200, false));
      } else if (minutes != 75) {
        read(site, minutes, minutes);
      }
    }
    read(site, 120, 75);

    List<byte[]> accounts =
        site.plant.leaves.stream()
            .map(leaf -> Leaf.parse(leaf).statement().statement().body())
            .filter(Body.Derived.class::isInstance)
            .map(body -> ((Body.Derived) body).content().bytes())
            .toList();
    assertThat(accounts.size() + " " + sha256(accounts))
        .isEqualTo("12 01b7a2d843e589d691150e70ec66e97995e173fe9852d120b8b7d7bcff60b45d");
  }

  private static void read(Site site, long told, long minutes) {
    site.readLate(
        told,
        minutes,
        in("grid", 601 * minutes),
        out("grid", 53 * minutes),
        in("sun", 47 * minutes),
        in("battery", 31 * minutes),
        out("battery", 29 * minutes),
        in("burner", 997 * minutes),
        in("station", 211 * minutes),
        in("furnace", 401 * minutes),
        in("press", 103 * minutes));
  }

  private static String sha256(List<byte[]> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      parts.forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every JDK", e);
    }
  }
}
