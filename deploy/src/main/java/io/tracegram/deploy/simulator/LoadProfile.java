package io.tracegram.deploy.simulator;

import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.runtime.config.SimulationFile.Load;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Constant powers, and more of it where a lot is worked on. A meter counts its own load and all
 * that the meters below it count, so that none counts more than the one above. Immutable.
 */
final class LoadProfile implements EnergySource {
  private final PlantModel plant;
  private final Map<String, Load> loads;
  private final Map<String, Long> workstationWatts = new LinkedHashMap<>();
  private final Map<String, String> meterOf = new HashMap<>();

  LoadProfile(PlantModel plant, Map<String, Load> loads) {
    this.plant = plant;
    this.loads = Map.copyOf(loads);
    for (Load load : loads.values()) {
      load.workstationWatts()
          .forEach((station, watts) -> workstationWatts.merge(station, watts, Math::addExact));
    }
    for (PlantModel.Workstation station : plant.workstations()) {
      meterOf.put(
          station.id(),
          plant.meters().stream()
              .filter(meter -> meter.workstation().filter(station.id()::equals).isPresent())
              .findFirst()
              .orElse(plant.gridMeter())
              .id());
    }
  }

  @Override
  public Map<String, Flow> between(long fromMillis, long toMillis, Set<String> busy) {
    Map<String, Flow> flows = new HashMap<>();
    for (Meter meter : plant.meters()) {
      long watts = total(meter, busy);
      flows.put(meter.id(), new Flow(Math.multiplyExact(watts, toMillis - fromMillis), watts));
    }
    return flows;
  }

  private long total(Meter meter, Set<String> busy) {
    Load load = loads.get(meter.id());
    long watts = load == null ? 0 : load.baseWatts();
    for (Map.Entry<String, Long> station : workstationWatts.entrySet()) {
      if (busy.contains(station.getKey()) && meter.id().equals(meterOf.get(station.getKey()))) {
        watts = Math.addExact(watts, station.getValue());
      }
    }
    for (Meter below : plant.meters()) {
      if (below.parent().filter(meter.id()::equals).isPresent()) {
        watts = Math.addExact(watts, total(below, busy));
      }
    }
    return watts;
  }
}
