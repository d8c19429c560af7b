package io.tracegram.ledger.lot;

import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Absorbed.Slot;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lots and the work that turns lots into others: what each lot carries follows from what it was
 * made of, as soon as all of that is known, and again when it changes. Single-threaded,
 * deterministic.
 *
 * <p>Invariant: what a work's products carry is exactly its inputs' parts, its cost and what it
 * absorbed; a lot's parts and rest are exactly what it carries. Each change costs the work that it
 * touches, however many lots there are.
 */
public final class LotGraph {
  private static final List<Basis> MARKET = List.of(Basis.MB_ANNUAL, Basis.MB_HOURLY);

  /** A late cost of less than one part in so many restates no lot: it is a variance. */
  private static final long MATERIAL_PART = 100;

  private final Map<Stage, LotNode> nodes = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final TreeMap<Long, List<String>> ended = new TreeMap<>();
  private final NavigableSet<Turn> queue = new TreeSet<>();
  private final SequencedSet<String> rateless = new LinkedHashSet<>();
  private final Absorber absorber;
  private final Blends blends;
  private long closedThrough;

  /** A work to look at, in the order of time, so that what follows from it is looked at once. */
  private record Turn(long endMillis, String work) implements Comparable<Turn> {
    private static final Comparator<Turn> ORDER =
        Comparator.comparingLong(Turn::endMillis).thenComparing(Turn::work);

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * All of it.
   *
   * @param ended works without an account, by their end
   * @param queue works to look at
   * @param rateless works that wait for their rate of absorption alone
   * @param contents what is in each silo
   */
  public record State(
      List<LotNode.State> nodes,
      List<Job.State> jobs,
      SortedMap<Long, List<String>> ended,
      List<String> queue,
      List<String> rateless,
      Map<String, LotId> contents,
      Absorber.State absorber,
      long closedThrough) {}

  public LotGraph(State state) {
    state.nodes.forEach(node -> nodes.put(node.lot(), new LotNode(node)));
    state.jobs.forEach(job -> jobs.put(job.work().id(), new Job(job)));
    ended.putAll(state.ended);
    state.queue.forEach(this::look);
    rateless.addAll(state.rateless);
    absorber = new Absorber(state.absorber);
    blends = new Blends(state.contents, absorber, content -> node(Stage.first(content)));
    closedThrough = state.closedThrough;
  }

  public static State empty() {
    return new State(
        List.of(),
        List.of(),
        new TreeMap<>(),
        List.of(),
        List.of(),
        Map.of(),
        new Absorber().state(),
        Long.MIN_VALUE);
  }

  public State state() {
    return new State(
        nodes.values().stream().map(LotNode::state).toList(),
        jobs.values().stream().map(Job::state).toList(),
        ended,
        queue.stream().map(Turn::work).toList(),
        List.copyOf(rateless),
        blends.state(),
        absorber.state(),
        closedThrough);
  }

  /** Says what a lot that came from elsewhere carries. */
  public void carry(LotId lot, Mass mass, Burden burden) {
    LotNode node = node(Stage.first(lot), mass);
    boolean first = !node.isKnown();
    changed(first ? node.takers() : List.of());
    changed(node.carry(mass, burden));
  }

  /** Says whether what a lot carries is known. */
  public boolean isKnown(Stage lot) {
    LotNode node = nodes.get(lot);
    return node != null && node.isKnown();
  }

  /** Returns ids of the works that took from a lot, in that order. */
  public List<String> takers(LotId lot) {
    List<String> takers = new ArrayList<>();
    for (Stage stage = Stage.first(lot); nodes.containsKey(stage); stage = after(stage)) {
      takers.addAll(takers(stage));
    }
    return takers;
  }

  private static Stage after(Stage stage) {
    return new Stage(stage.lot(), stage.revision() + 1);
  }

  /** Returns ids of the works that took from a lot at a stage, in that order. */
  public List<String> takers(Stage lot) {
    LotNode node = nodes.get(lot);
    return node == null ? List.of() : node.takers();
  }

  /** Returns the mass of a lot; zero if there is none. */
  public Mass mass(Stage lot) {
    LotNode node = nodes.get(lot);
    return node == null ? Mass.ZERO : node.mass();
  }

  /** Returns what each work took of a lot, in the order in which they did. */
  public Map<String, Mass> takings(Stage lot) {
    LotNode node = nodes.get(lot);
    return node == null ? Map.of() : node.takings();
  }

  /** Says whether what a work's lots carry is accounted. */
  public boolean isAccounted(String work) {
    Job job = jobs.get(work);
    return job != null && job.accounted().isPresent();
  }

  /** Has the lots of a work accounted again, if they were: they hold something else now. */
  public void again(String work) {
    if (isAccounted(work)) {
      job(work).redo();
      look(work);
    }
  }

  /** Returns what is left of a lot's burden before any rework; empty if it is not known. */
  public Optional<Burden> rest(LotId lot) {
    return Optional.ofNullable(nodes.get(Stage.first(lot)))
        .filter(LotNode::isKnown)
        .map(LotNode::rest);
  }

  /** Returns what a lot of a mass carries; empty if it is not known. */
  public Optional<Burden> carried(LotId lot) {
    return Optional.ofNullable(nodes.get(Stage.first(lot))).flatMap(LotNode::carried);
  }

  /** Forgets what a lot carries: it never came. */
  public void forget(LotId lot) {
    forget(Stage.first(lot));
  }

  private void forget(Stage lot) {
    LotNode node = nodes.get(lot);
    if (node != null) {
      changed(node.forget());
    }
  }

  /**
   * Takes a work as the floor knows it now.
   *
   * @return lots that it made until now and makes no more
   */
  public List<Stage> work(Work told) {
    List<Stage> undone = List.of();
    Job job = jobs.get(told.id());
    if (job == null) {
      job = new Job(told);
      jobs.put(told.id(), job);
    } else if (job.work().equals(told)) {
      return undone;
    } else {
      queue.remove(turn(job));
      withdrawn(job.work(), told);
      blends.undone(job, told);
      undone = undone(job.work(), told);
      unlist(job);
      job.become(told);
    }
    for (Work.Input input : told.inputs()) {
      changed(node(input.lot(), input.mass()).take(told.id(), input.mass()));
    }
    for (Work.Output output : told.outputs()) {
      node(output.lot(), output.mass()).expect(output.mass());
    }
    blends.poured(told);
    if (job.accounted().isPresent()) {
      job.redo();
    } else if (told.endMillis() != Long.MAX_VALUE) {
      ended.computeIfAbsent(told.endMillis(), end -> new ArrayList<>()).add(told.id());
    }
    look(told.id());
    return undone;
  }

  /** Adds what an interval costs a work; a difference where the interval is restated. */
  public void cost(String work, Cost more) {
    Job job = jobs.computeIfAbsent(work, id -> new Job(unheard(id)));
    job.cost(more);
    if (job.work().endMillis() <= closedThrough) {
      look(work);
    }
  }

  /** Adds what an interval has for no lot in particular. */
  public void pool(long startMillis, Cost more) {
    if (!more.equals(Cost.NONE)) {
      absorber.add(startMillis, Slot.pool(more));
    }
  }

  /** Says that all intervals before a time are accounted. */
  public void closedThrough(long millis) {
    if (millis > closedThrough) {
      ended
          .subMap(closedThrough, false, millis, true)
          .values()
          .forEach(works -> works.forEach(this::look));
      closedThrough = millis;
    }
    rateless.forEach(this::look);
    rateless.clear();
  }

  /** Closes a period: with actual costs its works absorb their parts of its pool, exactly. */
  public void closePeriod(long from, long to, Absorption absorption) {
    if (absorption.policy() == Absorption.Policy.ACTUAL) {
      List<String> ids =
          ended.subMap(from, false, to, true).values().stream().flatMap(List::stream).toList();
      long[] units = ids.stream().mapToLong(id -> job(id).units(absorption.key())).toArray();
      if (Arrays.stream(units).anyMatch(unit -> unit > 0)) {
        List<Burden> parts = absorber.soFar(from, to).closing().partition(units);
        for (int i = 0; i < units.length; i++) {
          job(ids.get(i)).rate(new Rate(parts.get(i), units[i]));
        }
      }
    }
    absorber.close(from, to);
    rateless.forEach(this::look);
    rateless.clear();
  }

  /** Returns closed periods, oldest first. */
  public List<Absorbed> periods() {
    return absorber.periods();
  }

  /** Returns a work as it was told last. */
  public Optional<Work> told(String work) {
    return Optional.ofNullable(jobs.get(work)).map(Job::work);
  }

  /** Returns what a work cost so far; zero for one never heard of. */
  public Cost cost(String work) {
    Job job = jobs.get(work);
    return job == null ? Cost.NONE : job.cost();
  }

  /** Says whether something is known that {@link #settle} has not told. */
  public boolean isDue() {
    return !queue.isEmpty();
  }

  /** Accounts every work that can be, at most so many; returns what their lots carry. */
  public List<Made> settle(Basis headline, Absorption absorption, int limit) {
    List<Made> made = new ArrayList<>();
    while (!queue.isEmpty() && made.size() < limit) {
      Job job = job(Objects.requireNonNull(queue.pollFirst()).work());
      if (isReady(job, headline)) {
        account(job, headline, absorption, made);
      }
    }
    return made;
  }

  private boolean isReady(Job job, Basis headline) {
    return job.work().endMillis() <= closedThrough
        && job.cost().isKnown(headline)
        && job.work().inputs().stream().allMatch(input -> isKnown(input.lot()));
  }

  private void account(Job job, Basis headline, Absorption absorption, List<Made> made) {
    Optional<Job.Accounted> before = job.accounted();
    if (before.isPresent() && !job.isToRedo() && !isMaterial(job, before.get(), headline)) {
      late(job, job.cost().co2e().minus(before.get().cost().co2e()));
      return;
    }
    long units = absorption.policy() == Absorption.Policy.NONE ? 0 : job.units(absorption.key());
    Optional<Rate> rate = rate(job, units, absorption.policy(), headline);
    if (rate.isEmpty()) {
      rateless.add(job.work().id());
      return;
    }
    late(job, Burden.NONE);
    before.ifPresent(old -> book(job, old, -1));
    Products products = new Products(job, rate.get().of(units), headline);
    Job.Accounted next =
        new Job.Accounted(
            before.map(old -> old.revision() + 1).orElse(0),
            job.cost(),
            rate.get(),
            units,
            products.absorbed(),
            products.scrapped(this::node));
    unlist(job);
    job.account(next);
    book(job, next, 1);
    for (Made product : products.made(next.revision(), this::node)) {
      made.add(product);
      LotNode node = node(product.stage(), product.mass());
      if (!node.isKnown()) {
        changed(node.takers());
      }
      changed(node.carry(product.mass(), product.carried()));
    }
  }

  /** Returns the rate once it is known: a restatement keeps the first one. */
  private Optional<Rate> rate(Job job, long units, Absorption.Policy policy, Basis headline) {
    if (units == 0) {
      return Optional.of(Rate.NOTHING);
    }
    Optional<Rate> known = job.accounted().map(Job.Accounted::rate).or(job::rate);
    if (known.isPresent()) {
      return known;
    }
    if (policy == Absorption.Policy.ACTUAL) {
      return absorber.at(job.work().endMillis() - 1).map(period -> Rate.NOTHING);
    }
    return Optional.of(absorber.rate(units)).filter(rate -> rate.pool().isKnown(headline));
  }

  private void book(Job job, Job.Accounted accounted, int sign) {
    Slot slot =
        Slot.absorbed(accounted.absorbed(), accounted.key())
            .plus(Slot.pool(Cost.of(accounted.scrapped())));
    absorber.add(job.work().endMillis() - 1, sign > 0 ? slot : Slot.NONE.minus(slot));
  }

  private void late(Job job, Burden all) {
    Burden more = all.minus(job.late());
    if (!more.but(0).isNone()) {
      absorber.add(job.work().endMillis() - 1, Slot.late(more));
      job.late(all.but(0));
    }
  }

  /** Says whether a late cost is so large that its lots must say another figure. */
  private boolean isMaterial(Job job, Job.Accounted accounted, Basis headline) {
    Burden now = job.cost().burden();
    Burden said = accounted.cost().burden();
    Burden whole = said.plus(accounted.absorbed()).plus(brought(job));
    return isMaterial(now, said, whole, headline)
        || MARKET.stream()
            .anyMatch(
                basis ->
                    now.knows(Component.scope2(basis)) != said.knows(Component.scope2(basis))
                        || isMaterial(now, said, whole, basis));
  }

  private static boolean isMaterial(Burden now, Burden said, Burden whole, Basis basis) {
    long off = now.total(basis).micrograms() - said.total(basis).micrograms();
    return Math.abs(off) > Math.abs(whole.total(basis).micrograms()) / MATERIAL_PART;
  }

  private Burden brought(Job job) {
    return job.work().inputs().stream()
        .map(input -> part(input.lot(), job.work().id()))
        .reduce(Burden.NONE, Burden::plus);
  }

  private Burden part(Stage lot, String work) {
    return Objects.requireNonNull(nodes.get(lot)).part(work);
  }

  /** Gives back what is no longer an input. */
  private void withdrawn(Work before, Work now) {
    for (Work.Input input : before.inputs()) {
      if (now.inputs().stream().noneMatch(other -> other.lot().equals(input.lot()))) {
        changed(node(input.lot(), input.mass()).take(before.id(), Mass.ZERO));
      }
    }
  }

  private List<Stage> undone(Work before, Work now) {
    List<Stage> undone =
        before.outputs().stream()
            .map(Work.Output::lot)
            .filter(lot -> now.outputs().stream().noneMatch(output -> output.lot().equals(lot)))
            .toList();
    undone.forEach(this::forget);
    return undone;
  }

  private void changed(List<String> takers) {
    for (String taker : takers) {
      Job job = job(taker);
      if (job.accounted().isPresent() && job.work().blend().isPresent()) {
        blends.late(job, job.work().blend().get(), brought(job));
        continue;
      }
      if (job.accounted().isPresent()) {
        job.redo();
      }
      look(taker);
    }
  }

  private void look(String work) {
    queue.add(turn(job(work)));
  }

  private static Turn turn(Job job) {
    return new Turn(job.work().endMillis(), job.work().id());
  }

  private void unlist(Job job) {
    List<String> same = ended.get(job.work().endMillis());
    if (same != null && same.remove(job.work().id()) && same.isEmpty()) {
      ended.remove(job.work().endMillis());
    }
  }

  private Job job(String id) {
    return Objects.requireNonNull(jobs.get(id), id);
  }

  private LotNode node(Stage lot, Mass mass) {
    return nodes.computeIfAbsent(lot, id -> new LotNode(id, mass));
  }

  private LotNode node(Stage lot) {
    return Objects.requireNonNull(nodes.get(lot), lot.toString());
  }

  private static Work unheard(String id) {
    return new Work(id, 0, Long.MAX_VALUE, List.of(), List.of());
  }
}
