package io.tracegram.ledger.claim;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Movement;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.lot.LotGraph;
import io.tracegram.ledger.lot.Stage;
import io.tracegram.ledger.lot.Work;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What is claimed of each lot, by mass: claims come with received lots and follow their mass
 * through every work, as the graph of lots has it. Single-threaded, deterministic.
 *
 * <p>Lots of which nothing is claimed cost nothing here. A work that takes from a lot costs as many
 * steps as others took from it before.
 */
public final class ClaimBook {
  private final LotGraph graph;
  private final ToldClaims told;
  private final ReceivedLots received;
  private final Map<LotId, Coverage> carried = new LinkedHashMap<>();
  private final Map<Stage, Coverage> held = new LinkedHashMap<>();
  private final Map<String, List<Stage>> took = new LinkedHashMap<>();
  private final List<Weakened> weakened = new ArrayList<>();
  private boolean throughSilos;

  /** A claim that says less of a lot than it was made for. */
  public record Weakened(LotId lot, HeldClaim claim, CustodyModel before) {}

  /**
   * All of it.
   *
   * @param carried encoded, of passports
   * @param held encoded, of all lots of which something is claimed
   * @param took the lots of which something is claimed that each work takes from
   * @param throughSilos whether what is told late enters silos that were poured into before
   */
  public record State(
      ToldClaims.State told,
      List<Movement.Received> received,
      Map<LotId, Content> carried,
      Map<Stage, Content> held,
      Map<String, List<Stage>> took,
      boolean throughSilos) {}

  /**
   * Goes on.
   *
   * @param graph that knows each movement before this book hears of it
   */
  public ClaimBook(State state, LotGraph graph) {
    this.graph = graph;
    told = new ToldClaims(state.told);
    received = new ReceivedLots(state.received);
    state.carried.forEach((lot, claims) -> carried.put(lot, Coverage.decoded(claims.bytes())));
    state.held.forEach((lot, claims) -> held.put(lot, Coverage.decoded(claims.bytes())));
    took.putAll(state.took);
    throughSilos = state.throughSilos;
  }

  public static State empty() {
    return new State(
        ToldClaims.empty(),
        List.of(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        false);
  }

  /** From now on what is told late follows the mass through silos too, as since calculator 4. */
  public void followThroughSilos() {
    throughSilos = true;
  }

  public State state() {
    return new State(
        told.state(), received.state(), encoded(carried), encoded(held), took, throughSilos);
  }

  private static <K> Map<K, Content> encoded(Map<K, Coverage> all) {
    Map<K, Content> encoded = new LinkedHashMap<>();
    all.forEach((lot, claims) -> encoded.put(lot, Content.of(claims.encoded())));
    return encoded;
  }

  /** Returns what is claimed of a lot. */
  public Coverage of(Stage lot) {
    return held.getOrDefault(lot, Coverage.NONE);
  }

  /** Returns claims in the log. */
  public ToldClaims told() {
    return told;
  }

  /** Returns what was weakened since this was asked last. */
  public List<Weakened> weakened() {
    List<Weakened> news = List.copyOf(weakened);
    weakened.clear();
    return news;
  }

  /** Takes a claim; returns ids of the works whose lots hold other claims now. */
  public List<String> told(PlantModel plant, long leaf, Body.MaterialClaimed said) {
    return told.tell(leaf, said) ? reach(plant, said, false) : List.of();
  }

  /**
   * Takes a claim back, through silos too; returns ids of the works whose lots hold less now.
   *
   * @param by that {@link ToldClaims} does not refuse
   */
  public List<String> withdrawn(PlantModel plant, long leaf, Body.ClaimWithdrawn by) {
    return reach(plant, told.withdraw(leaf, by).said(), true);
  }

  private List<String> reach(PlantModel plant, Body.MaterialClaimed said, boolean taken) {
    return received.of(said).stream()
        .flatMap(lot -> arrived(plant, lot, taken).stream())
        .distinct()
        .toList();
  }

  /**
   * Takes what a supplier's passport claims of a lot, in the place of what an earlier one did;
   * returns ids of the works it changes.
   */
  public List<String> carried(PlantModel plant, LotId lot, Coverage claims) {
    Coverage before = claims.isNone() ? carried.remove(lot) : carried.put(lot, claims);
    return before == null && claims.isNone() ? List.of() : arrived(plant, lot, before != null);
  }

  /** Books what a scan changed; returns ids of the works whose lots hold other claims now. */
  public List<String> moved(PlantModel plant, Movement movement) {
    return switch (movement) {
      case Movement.Received lot -> {
        received.put(lot);
        yield arrived(plant, lot.lot(), false);
      }
      case Movement.Corrected(Movement.Received(LotId lot, Mass _, long _)) -> {
        received.remove(lot);
        carried.remove(lot);
        Stage came = Stage.first(lot);
        yield became(came, Coverage.NONE) ? follow(plant, graph.takers(came)) : List.of();
      }
      case Movement.Worked(var order) -> follow(plant, touched(order.id()));
      // what is scrapped takes its share along: the parts of later takers may change
      case Movement.Scrapped(LotId lot, Mass _) -> follow(plant, takersOfClaimed(lot));
      case Movement.Corrected(Movement.Scrapped(LotId lot, Mass _)) ->
          follow(plant, takersOfClaimed(lot));
      case Movement.Shipped _, Movement.Corrected _ -> List.of();
    };
  }

  private List<String> takersOfClaimed(LotId lot) {
    return held.containsKey(Stage.first(lot)) ? graph.takers(lot) : List.of();
  }

  /** Returns a work, and those that took from its inputs after it: they may get another part. */
  private List<String> touched(String id) {
    SequencedSet<String> works = new LinkedHashSet<>();
    works.add(id);
    SequencedSet<Stage> lots = new LinkedHashSet<>(took.getOrDefault(id, List.of()));
    graph.told(id).ifPresent(work -> work.inputs().forEach(input -> lots.add(input.lot())));
    lots.forEach(lot -> works.addAll(later(id, lot)));
    return List.copyOf(works);
  }

  /** Forgets a lot that no work makes any more. */
  public void forget(Stage lot) {
    held.remove(lot);
  }

  private List<String> later(String id, Stage lot) {
    if (of(lot).isNone()) {
      return List.of();
    }
    List<String> takers = graph.takers(lot);
    return takers.subList(takers.lastIndexOf(id) + 1, takers.size());
  }

  private List<String> arrived(PlantModel plant, LotId lot, boolean taken) {
    Optional<Movement.Received> known = received.find(lot);
    if (known.isEmpty()) {
      return List.of();
    }
    Coverage claims = carried.getOrDefault(lot, Coverage.NONE);
    for (Map.Entry<Long, ToldClaim> said : told.of(known.get()).entrySet()) {
      claims = claims.or(claimed(said.getKey(), said.getValue(), known.get()));
    }
    CustodyModel step = plant.additions().custody().of(lot.gtin());
    Stage came = Stage.first(lot);
    return became(came, weaker(came, claims, step))
        ? follow(plant, graph.takers(came), taken)
        : List.of();
  }

  /** A certificate covers what came while it was valid. */
  private static Coverage claimed(long leaf, ToldClaim told, Movement.Received received) {
    Body.MaterialClaimed said = told.said();
    List<HeldClaim> claims = new ArrayList<>();
    for (MaterialClaim claim : said.claims()) {
      boolean valid =
          !(claim instanceof MaterialClaim.Certificate certificate)
              || certificate.valid().holds(received.millis());
      if (valid && received.mass().milligrams() > 0) {
        claims.add(
            new HeldClaim(said.company(), claim, said.model(), received.mass(), leaf, told.key()));
      }
    }
    return new Coverage(claims);
  }

  private Coverage weaker(Stage lot, Coverage claims, CustodyModel step) {
    List<HeldClaim> kept = new ArrayList<>();
    for (HeldClaim claim : claims.claims()) {
      HeldClaim weak = claim.by(claim.model().weaker(step));
      if (weak.model() != claim.model() && !of(lot).claims().contains(weak)) {
        weakened.add(new Weakened(lot.lot(), weak, claim.model()));
      }
      kept.add(weak);
    }
    return new Coverage(kept);
  }

  private boolean became(Stage lot, Coverage claims) {
    Coverage before = claims.isNone() ? held.remove(lot) : held.put(lot, claims);
    return !claims.equals(before == null ? Coverage.NONE : before);
  }

  private List<String> follow(PlantModel plant, List<String> works) {
    return follow(plant, works, false);
  }

  /**
   * Shares claims over the outputs of works, and goes on with what took from those. Before the
   * fourth calculator a pour that was accounted stayed as it was: nothing that was claimed later
   * passed through a silo, but what was taken back was taken out of it, and of all that was drawn.
   */
  private List<String> follow(PlantModel plant, List<String> works, boolean taken) {
    SequencedSet<String> open = new LinkedHashSet<>(works);
    SequencedSet<String> changed = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      String id = open.removeFirst();
      Optional<Work> told = graph.told(id);
      boolean pour = told.flatMap(Work::blend).isPresent();
      boolean past = pour && !throughSilos && graph.isAccounted(id);
      if (told.isEmpty() || (past && !taken)) {
        continue;
      }
      split(plant, told.get())
          .forEach(
              (lot, claims) -> {
                if (became(lot, past ? claims.within(of(lot)) : claims)) {
                  // what is in a silo is in no account
                  if (!pour) {
                    changed.add(id);
                  }
                  open.addAll(graph.takers(lot));
                }
              });
    }
    return List.copyOf(changed);
  }

  private Map<Stage, Coverage> split(PlantModel plant, Work work) {
    Coverage brought = Coverage.NONE;
    List<Stage> claimed = new ArrayList<>();
    for (Work.Input input : work.inputs()) {
      if (!of(input.lot()).isNone()) {
        claimed.add(input.lot());
        brought = brought.plus(part(input.lot(), work.id()));
      }
    }
    if (claimed.isEmpty()) {
      took.remove(work.id());
    } else {
      took.put(work.id(), List.copyOf(claimed));
    }
    Map<Stage, Coverage> split =
        new ClaimSplit(work, lot -> plant.additions().custody().of(lot.gtin())).of(brought);
    for (Map.Entry<Stage, Coverage> output : split.entrySet()) {
      note(output.getKey(), output.getValue(), brought);
    }
    return split;
  }

  private void note(Stage lot, Coverage now, Coverage brought) {
    for (HeldClaim claim : now.claims()) {
      if (!of(lot).claims().contains(claim)) {
        brought.claims().stream()
            .filter(claim::isSame)
            .filter(before -> before.model() != claim.model())
            .forEach(before -> weakened.add(new Weakened(lot.lot(), claim, before.model())));
      }
    }
  }

  /** Returns what goes with what a work took: by mass of what those before it left. */
  private Coverage part(Stage lot, String work) {
    Coverage rest = of(lot);
    if (rest.isNone()) {
      return rest;
    }
    // a lot that waits for its figure is known to the graph only as far as it was taken
    Optional<Movement.Received> came =
        lot.revision() == 0 ? received.find(lot.lot()) : Optional.empty();
    Mass left = came.map(Movement.Received::mass).orElseGet(() -> graph.mass(lot));
    for (Map.Entry<String, Mass> taking : graph.takings(lot).entrySet()) {
      boolean all = taking.getValue().compareTo(left) >= 0;
      Coverage part = all ? rest : rest.share(taking.getValue(), left);
      if (taking.getKey().equals(work)) {
        return part;
      }
      rest = rest.minus(part);
      left = all ? Mass.ZERO : left.minus(taking.getValue());
    }
    return Coverage.NONE;
  }
}
