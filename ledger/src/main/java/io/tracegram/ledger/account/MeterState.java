package io.tracegram.ledger.account;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Energy;
import java.util.OptionalLong;

/**
 * A meter as the ledger knows it now; immutable.
 *
 * @param lastMeasuredMillis plant time of the newest register reading, empty if none yet
 * @param register newest register value
 * @param powerMilliwatts newest power reading, informative
 * @param bad why it gives no value, empty while it does
 * @param readings number of register readings so far
 */
public record MeterState(
    PlantModel.Meter meter,
    OptionalLong lastMeasuredMillis,
    Energy register,
    OptionalLong powerMilliwatts,
    String bad,
    long readings,
    long lastLeaf) {}
