package io.tracegram.ledger.account;

import io.tracegram.ledger.plant.PlantModel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the accounts had come at a log size. Immutable.
 *
 * @param size leaves that it stands on
 * @param plant the model in force then
 * @param plantMillis plant time of the newest agent statement; of a past size, the time that was
 *     closed through
 * @param closedThroughMillis end of the last closed interval, or the start of the first one to be
 *     closed
 * @param stated what was stated of factors that no plant model holds
 */
public record LedgerHead(
    long size,
    Optional<PlantModel> plant,
    OptionalLong plantMillis,
    OptionalLong closedThroughMillis,
    StatedFactors stated) {}
