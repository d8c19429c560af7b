package io.tracegram.cloud.declaration;

import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.Checkpoint;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a lot's account to the accounts of what it was made of, across facilities, and tells
 * where each is proven. Thread-safe; blocks on the database.
 */
final class AccountTrail {
  /** Stops that are followed at most: a trail that is longer says so. */
  private static final int MOST_STOPS = 400;

  private final String publicUrl;
  private final Map<String, MirroredLog> logs;
  private final LotQueries lots;

  /** A lot as one facility accounted it. */
  private record Place(String facility, LotId lot) {}

  /** An input on the way, still to be told. */
  private record Ahead(int depth, StoredLot taker, LotAccount.Input input) {}

  /**
   * @param publicUrl under which people reach the service, without a slash at its end
   * @param logs by facility id
   */
  AccountTrail(String publicUrl, Map<String, MirroredLog> logs, LotQueries lots) {
    this.publicUrl = publicUrl;
    this.logs = Map.copyOf(logs);
    this.lots = lots;
  }

  /**
   * Returns the one account of a lot: the last one, if other facilities went on working on what the
   * first one made. Empty if there is none, or if several claim to have made it: then none is
   * believed.
   */
  Optional<StoredLot> made(LotId lot) {
    List<StoredLot> claims = last(accounts(lot));
    return claims.size() == 1 ? Optional.of(claims.getFirst()) : Optional.empty();
  }

  /** Those that none of the others went on from. */
  private static List<StoredLot> last(List<StoredLot> accounts) {
    Set<StoredLot> reworked = new HashSet<>();
    for (StoredLot account : accounts) {
      account.account().inputs().stream()
          .filter(input -> input.basis() == LotAccount.Basis.PASSPORT)
          .flatMap(input -> source(account, input, accounts).stream())
          .forEach(reworked::add);
    }
    return accounts.stream().filter(account -> !reworked.contains(account)).toList();
  }

  /**
   * Returns the account that came with an input: of those that other facilities made of its lot,
   * the one whose CO2e per kg is nearest to what was inherited.
   */
  private static Optional<StoredLot> source(
      StoredLot taker, LotAccount.Input input, List<StoredLot> accounts) {
    return accounts.stream()
        .filter(made -> made.account().lot().equals(input.lot()))
        .filter(made -> !made.facility().equals(taker.facility()))
        .min(Comparator.comparing(made -> distance(input, made.account())));
  }

  /** Returns how far what was inherited is from the account's CO2e for as much mass. */
  private static BigDecimal distance(LotAccount.Input input, LotAccount made) {
    BigDecimal expected =
        BigDecimal.valueOf(made.total().micrograms())
            .multiply(BigDecimal.valueOf(input.mass().milligrams()))
            .divide(
                BigDecimal.valueOf(Math.max(1, made.mass().milligrams())), MathContext.DECIMAL64);
    return expected.subtract(BigDecimal.valueOf(input.inherited().micrograms())).abs();
  }

  /** Returns all that a lot was made of, each input followed by its own. */
  Journey journey(StoredLot item) {
    List<Journey.Stop> stops = new ArrayList<>();
    Set<Place> followed = new HashSet<>();
    Deque<Ahead> ahead = new ArrayDeque<>();
    push(ahead, 1, item);
    while (!ahead.isEmpty() && stops.size() < MOST_STOPS) {
      Ahead next = ahead.pop();
      StoredLot proven = proven(next.taker(), next.input());
      boolean isOwn = proven.account().lot().equals(next.input().lot());
      stops.add(stop(next, proven, isOwn));
      if (isOwn && followed.add(new Place(proven.facility(), next.input().lot()))) {
        push(ahead, next.depth() + 1, proven);
      }
    }
    return new Journey(stops, ahead.isEmpty());
  }

  private static void push(Deque<Ahead> ahead, int depth, StoredLot taker) {
    taker
        .account()
        .inputs()
        .reversed()
        .forEach(input -> ahead.push(new Ahead(depth, taker, input)));
  }

  private Journey.Stop stop(Ahead at, StoredLot proven, boolean isOwn) {
    LotAccount.Input input = at.input();
    return new Journey.Stop(
        at.depth(),
        at.taker().account().lot(),
        new Declaration.Component(
            input.lot(),
            input.material(),
            proven.facility(),
            input.mass(),
            input.inherited(),
            input.basis(),
            evidence(proven)),
        isOwn ? Optional.of(proven.account()) : Optional.empty(),
        input.basis() == LotAccount.Basis.DECLARED ? footprint(at) : Optional.empty());
  }

  private Optional<Journey.Footprint> footprint(Ahead at) {
    String facility = at.taker().facility();
    MirroredLog log = Objects.requireNonNull(logs.get(facility));
    return lots.footprint(facility, at.taker().account().lot(), at.input().lot())
        .map(
            part ->
                new Journey.Footprint(
                    log.origin(),
                    part.leaf(),
                    part.key(),
                    publicUrl
                        + "/api/v1/footprints?facility="
                        + URLEncoder.encode(facility, StandardCharsets.UTF_8)
                        + "&index="
                        + part.leaf()));
  }

  /** Returns the account behind an input: its maker's, else that of the lot which took it in. */
  private StoredLot proven(StoredLot taker, LotAccount.Input input) {
    return switch (input.basis()) {
      case OWN -> lots.lot(taker.facility(), input.lot()).orElse(taker);
      case SECONDARY, DECLARED -> taker;
      case PASSPORT -> source(taker, input, accounts(input.lot())).orElse(taker);
    };
  }

  private List<StoredLot> accounts(LotId lot) {
    return lots.lot(lot).stream().filter(stored -> logs.containsKey(stored.facility())).toList();
  }

  Declaration.Evidence evidence(StoredLot lot) {
    MirroredLog log = Objects.requireNonNull(logs.get(lot.facility()));
    return new Declaration.Evidence(
        lot.facility(),
        log.origin(),
        lot.leaf(),
        log.proving(lot.leaf())
            .map(note -> Checkpoint.parse(note.text()).size())
            .orElseGet(log::size),
        AuditedReadModel.witnessed(log).stateOf(lot.leaf()),
        publicUrl
            + "/api/v1/passports?facility="
            + URLEncoder.encode(lot.facility(), StandardCharsets.UTF_8)
            + "&lot="
            + URLEncoder.encode(lot.account().lot().path(), StandardCharsets.UTF_8));
  }
}
