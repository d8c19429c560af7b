package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.MeterSlice;
import io.tracegram.ledger.account.Posting;
import io.tracegram.ledger.account.StatedFactors;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.quality.U95;
import io.tracegram.runtime.config.Suggestion;
import io.tracegram.runtime.web.RequestRefused;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What of a plant a series is about. Immutable.
 *
 * @param stated what is stated of factors that the plant model does not hold
 * @param named whether a place was asked for by name
 * @param source the source whose part alone counts, all if empty
 */
record Subject(
    Optional<PlantModel> plant,
    StatedFactors stated,
    Place place,
    boolean named,
    Optional<Meter> source) {

  /**
   * Finds what a query names.
   *
   * @throws RequestRefused if the plant has no such node or source
   */
  static Subject of(LedgerHead head, Optional<String> node, Optional<String> source) {
    Optional<PlantModel> plant = head.plant();
    if (plant.isEmpty()) {
      if (node.isPresent() || source.isPresent()) {
        throw RequestRefused.bad(
            "the log holds no plant model yet: there is no node and no source");
      }
      return new Subject(plant, head.stated(), Place.NOWHERE, false, Optional.empty());
    }
    PlantModel known = plant.get();
    return new Subject(
        plant,
        head.stated(),
        node.map(id -> Place.named(known, id)).orElseGet(() -> Place.site(known)),
        node.isPresent(),
        source.map(id -> source(known, id)));
  }

  private static Meter source(PlantModel plant, String id) {
    List<String> sources =
        plant.meters().stream().filter(meter -> meter.role().isSource()).map(Meter::id).toList();
    return plant
        .meter(id)
        .filter(meter -> meter.role().isSource())
        .orElseThrow(
            () ->
                RequestRefused.bad(
                    "there is no source '" + id + "'" + Suggestion.clause(id, sources)));
  }

  /** Says whether it is the whole plant, of which the first calculator's accounts tell too. */
  boolean isWhole() {
    return place.isSite() && source.isEmpty();
  }

  boolean counts(Posting posting) {
    return source.map(meter -> meter.id().equals(posting.source())).orElse(true);
  }

  /** Says whether the figures rest on a register: the node's own, or those of the sources. */
  boolean restsOn(MeterSlice slice) {
    if (source.isPresent()) {
      return slice.meter().equals(source.get().id()) && slice.export() == discharges(source.get());
    }
    if (place.meter().isPresent()) {
      return slice.meter().equals(place.id()) && !slice.export();
    }
    return plant
        .flatMap(known -> known.meter(slice.meter()))
        .map(
            meter ->
                meter.role().isSource()
                    && meter.carrier().equals(Meter.ELECTRICITY)
                    && slice.export() == discharges(meter))
        .orElse(false);
  }

  /** Returns a meter's error by its class; empty if the plant model no longer has it. */
  Optional<U95> errorOf(String meter) {
    return plant
        .flatMap(known -> known.meter(meter))
        .map(known -> U95.ofAccuracyClass(new BigDecimal(known.accuracyClass())));
  }

  /** Returns the meter whose error a source's emissions have: that of its fuel, if it has one. */
  String measuredBy(String source) {
    return plant.stream()
        .flatMap(known -> known.cogeneration().stream())
        .filter(unit -> unit.heat().equals(source) || unit.power().equals(source))
        .map(Cogeneration::fuel)
        .findFirst()
        .orElse(source);
  }

  private static boolean discharges(Meter meter) {
    return meter.role() == Meter.Role.STORAGE;
  }
}
