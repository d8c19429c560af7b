package io.tracegram.ledger.account;

import static io.tracegram.ledger.account.PlantFixture.HYDROXIDE;
import static io.tracegram.ledger.account.PlantFixture.QUARTER;
import static io.tracegram.ledger.account.PlantFixture.START;
import static io.tracegram.ledger.account.PlantFixture.SULPHATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the third calculator wrote of lots and overhead before 1 December 2026, when it knew no
 * market-based figures of them: the same bytes for ever.
 */
class ThirdCalculatorTest {
  private static final long MINUTE = 60_000;

  @Test
  void accountsAndRestatesLotsAsBefore() throws NoSuchAlgorithmException {
    PlantFixture plant = new PlantFixture(PlantFixture.plant("0.2"), 3);
    plant.read(START, 0, 0);
    scan(plant, "in", HYDROXIDE, "A", START + MINUTE, 100);
    scan(plant, "feed", HYDROXIDE, "A", START + 2 * MINUTE, 100);
    scan(plant, "out", SULPHATE, "P", START + 8 * MINUTE, 100);
    scan(plant, "feed", SULPHATE, "P", START + 9 * MINUTE, 60);
    scan(plant, "out", SULPHATE, "Q", START + 14 * MINUTE, 60);
    plant.read(START + QUARTER, 100_000, 80_000);
    plant.read(START + 2 * QUARTER, 103_000, 81_000);
    plant.say(new Body.PeriodClose(START, START + 2 * QUARTER));
    plant.settle();
    plant.read(START + 9 * MINUTE, 100_000, 80_000);
    plant.read(START + 3 * QUARTER, 106_000, 82_000);

    List<byte[]> accounts =
        plant.leaves.stream()
            .map(leaf -> Leaf.parse(leaf).statement().statement().body())
            .filter(Body.Derived.class::isInstance)
            .map(body -> ((Body.Derived) body).content().bytes())
            .toList();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    accounts.forEach(digest::update);

    assertThat(accounts).hasSize(15);
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("0547ed47934e073d1230beddb6e06e824300c500b7be83e33cf8ba0f7c20e154");
  }

  private static void scan(
      PlantFixture plant, String scanner, String gtin, String lot, long millis, long kilograms) {
    plant.scan(millis, scanner, gtin, lot);
    plant.weigh(millis + 1, kilograms);
  }
}
