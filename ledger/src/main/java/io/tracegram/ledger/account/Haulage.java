package io.tracegram.ledger.account;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.plant.Transport;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes by which received lots came. Single-threaded.
 *
 * <p>A lot keeps the route that was in force when its figure became known.
 */
final class Haulage {
  private final List<Transport.Route> routes;
  private final Map<LotId, Integer> taken;

  /**
   * All of it.
   *
   * @param routes each once
   * @param taken indexes of routes
   */
  record State(List<Transport.Route> routes, Map<LotId, Integer> taken) {}

  Haulage(State state) {
    routes = new ArrayList<>(state.routes);
    taken = state.taken;
  }

  static State empty() {
    return new State(List.of(), new LinkedHashMap<>());
  }

  State state() {
    return new State(List.copyOf(routes), taken);
  }

  /**
   * Returns what bringing a lot here emitted.
   *
   * @param facility that sent it, if a passport says it
   */
  Burden bring(Transport transport, LotId lot, Mass mass, Optional<String> facility) {
    return switch (transport.of(lot.gtin(), facility)) {
      case Transport.Way.Taken(Transport.Route route) -> {
        if (!routes.contains(route)) {
          routes.add(route);
        }
        taken.put(lot, routes.indexOf(route));
        yield Burden.transport(route.of(mass));
      }
      case Transport.Way.Undeclared _ -> Burden.NONE;
      case Transport.Way.Unknown _ -> Burden.unknown(Component.TRANSPORT);
    };
  }

  Optional<Transport.Route> of(LotId lot) {
    return Optional.ofNullable(taken.get(lot)).map(routes::get);
  }

  void forget(LotId lot) {
    taken.remove(lot);
  }
}
