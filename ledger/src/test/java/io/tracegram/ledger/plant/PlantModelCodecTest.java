package io.tracegram.ledger.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.emission.FactorQuality;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.quality.DataQualityRating;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlantModelCodecTest {
  private static final byte THIRTEEN_ITEMS = (byte) 0x8d;
  private static final byte FOURTEEN_ITEMS = (byte) 0x8e;

  @Test
  void keepsTheUnitsOfCombinedHeatAndPower() {
    PlantModel plant = PlantFixture.heatAndPower();

    assertThat(PlantModelCodec.encode(plant)[0]).isEqualTo(FOURTEEN_ITEMS);
    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
  }

  @Test
  void keepsTheQualityOfAFactorAndWritesNothingWhereNoneIsStated() {
    PlantModel plant = PlantFixture.plant("0.2");
    Optional<BigDecimal> percent = Optional.of(new BigDecimal("7.50"));
    Optional<DataQualityRating> rating = Optional.of(new DataQualityRating(1, 2, 3));

    int plain = encoded(plant, FactorQuality.NONE).length;

    assertThat(plain).isEqualTo(PlantModelCodec.encode(plant).length);
    assertThat(encoded(plant, new FactorQuality(Optional.empty(), rating))).hasSize(plain + 3);
    assertThat(encoded(plant, new FactorQuality(percent, Optional.empty()))).hasSize(plain + 4);
    assertThat(encoded(plant, new FactorQuality(percent, rating))).hasSize(plain + 7);
  }

  private static byte[] encoded(PlantModel plant, FactorQuality quality) {
    EmissionFactor factor = plant.grid().factor().orElseThrow().with(quality);
    PlantModel.Grid grid = PlantModel.Grid.of(factor);
    byte[] encoded = PlantModelCodec.encode(plant.with(grid));
    assertThat(PlantModelCodec.decode(encoded).grid()).isEqualTo(grid);
    return encoded;
  }

  @Test
  void keepsWhereTheFacilityStandsAndHowFarItsWorkstationsAre() {
    PlantModel plant =
        PlantFixture.plant("0.2")
            .with(
                Additions.NONE
                    .with(new FacilityLocation(-335_000_000, 1_800_000_000))
                    .withWalks(List.of(new Walk("furnace", 90))));

    assertThat(PlantModelCodec.decode(PlantModelCodec.encode(plant))).isEqualTo(plant);
    assertThat(plant.additions().walkSeconds("furnace", "oven")).isEqualTo(90);
    assertThat(plant.additions().walkSeconds("mill", "oven")).isEqualTo(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FacilityLocation(900_000_001, 0))
        .withMessageContaining("no place on earth");
  }

  @Test
  void refusesAnAdditionThatAddsNothing() {
    byte[] plain = PlantModelCodec.encode(PlantFixture.plant("0.2"));
    assertThat(plain[0]).isEqualTo(THIRTEEN_ITEMS);

    byte[] added = Arrays.copyOf(plain, plain.length + 4);
    added[0] = FOURTEEN_ITEMS;
    System.arraycopy(
        new byte[] {(byte) 0x81, (byte) 0x82, 1, (byte) 0x80}, 0, added, plain.length, 4);

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> PlantModelCodec.decode(added))
        .withMessageContaining("an addition is not empty");
  }

  @Test
  void refusesAUnitWithoutItsMeters() {
    String encoded =
        new String(
            PlantModelCodec.encode(PlantFixture.heatAndPower()), StandardCharsets.ISO_8859_1);
    int fuel = encoded.lastIndexOf("engine-gas");
    byte[] wrong =
        (encoded.substring(0, fuel) + "engine-gaz" + encoded.substring(fuel + 10))
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> PlantModelCodec.decode(wrong))
        .withMessageContaining("cogeneration chp needs meters of its own");
  }
}
