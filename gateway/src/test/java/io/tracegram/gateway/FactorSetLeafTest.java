package io.tracegram.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.FactorDocumentCodec;
import io.tracegram.ledger.emission.FactorSet;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sets that a plant's factors are of are evidence beside it. */
@Timeout(60)
class FactorSetLeafTest {
  private static final FactorSet SET =
      new FactorSet(
          "acme-2026",
          "Acme",
          "https://acme.example/factors",
          Optional.empty(),
          List.of(
              new FactorSet.Entry(
                  PlantFixture.plant().grid().factor().orElseThrow(),
                  Optional.empty(),
                  Optional.empty(),
                  FactorSet.Confirmation.CONFIRMED)));

  private final PlantFixture plant;

  FactorSetLeafTest(@TempDir Path data) {
    plant = new PlantFixture(data);
  }

  @Test
  void standsBeforeThePlantModelOnce() throws IOException {
    run();
    run();

    List<Body> said =
        plant.leaves().stream()
            .map(leaf -> Leaf.parse(leaf).statement().statement().body())
            .filter(body -> body.kind() == Kind.FACTOR_SET || body.kind() == Kind.PLANT_MODEL)
            .toList();
    assertThat(said).extracting(Body::kind).containsExactly(Kind.FACTOR_SET, Kind.PLANT_MODEL);
    assertThat(said.getFirst())
        .isEqualTo(
            Document.stated(FactorDocumentCodec.encode(SET), Body.FactorSetDeclared::new)
                .getFirst());
  }

  private void run() throws IOException {
    Gateway gateway =
        Gateway.open(
            plant.config(false).with(List.of(SET)),
            Clock.systemUTC(),
            new SecureRandom(),
            code -> {
              throw new AssertionError("the gateway ended with " + code);
            });
    gateway.startAlone();
    gateway.stop();
  }
}
