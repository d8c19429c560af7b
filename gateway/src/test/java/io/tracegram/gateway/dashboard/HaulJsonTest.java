package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.ledger.account.Haul;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaulJsonTest {
  private static final EmissionFactor FACTOR =
      new EmissionFactor(
          "freight-hgv",
          new BigDecimal("0.10163"),
          EmissionFactor.Unit.TONNE_KM,
          "2025",
          "tank-to-wheel",
          "AR5",
          "DESNZ",
          "OGL v3.0");
  private static final Transport.Route ROUTE =
      new Transport.Route(
          "mine",
          List.of(),
          List.of(
              new Transport.Leg(
                  Transport.Mode.ROAD, FACTOR, Transport.Distance.declared(1_480_000)),
              new Transport.Leg(
                  Transport.Mode.INLAND_WATERWAY, FACTOR, new Transport.Distance(250_500, 1_300))));

  @Test
  void saysOfEachLegHowFarHowKnownAndByWhichFactor() {
    Haul haul = new Haul(ROUTE, new Mass(1_000_000_000));

    JsonNode legs = HaulJson.of(haul).get("legs");

    assertThat(legs.get(0).get("mode").asText()).isEqualTo("road");
    assertThat(legs.get(0).get("distanceKm").asText()).isEqualTo("1480");
    assertThat(legs.get(0).get("distanceBasis").asText()).isEqualTo("declared");
    assertThat(legs.get(0).get("co2eKg").asText()).as("1 t").isEqualTo("150.4124");
    assertThat(legs.get(0).get("factor").get("kgCo2ePerTonneKm").asText()).isEqualTo("0.10163");
    assertThat(legs.get(0).get("factor").get("source").asText()).isEqualTo("DESNZ");
    assertThat(legs.get(1).get("mode").asText()).isEqualTo("inland-waterway");
    assertThat(legs.get(1).get("distanceBasis").asText()).isEqualTo("computed");
    assertThat(legs.get(1).get("greatCircleTimes").asText()).isEqualTo("1.3");
  }
}
