package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.Entry;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LedgerHead;
import io.tracegram.ledger.account.MeterSlice;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Register;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.RequestRefused;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * {@code /api/v1/evidence/cell?interval=…&node=…}: from a figure of a quarter of an hour to the
 * leaf of its account, the factors of its prices, and the leaves of the readings it rests on.
 */
final class CellApi {
  private static final long QUARTER = IntervalAccount.LENGTH_MILLIS;

  /** How many leaves between a register's first and last reading are looked through. */
  private static final long MOST_SEARCHED = 64;

  /** How many leaves are looked through for one answer. */
  private static final int MOST_READ = 256;

  private final PlantReadModel plant;

  /** What the accounts say of a cell. */
  private record Found(
      long size, Subject subject, ClosedInterval interval, List<MeterSlice> registers) {}

  CellApi(PlantReadModel plant) {
    this.plant = plant;
  }

  /** Mounts the address; before that of single leaves, which would take {@code cell} for one. */
  void mount(Router router) {
    router.get("/api/v1/evidence/cell").handler(this::cell);
  }

  private void cell(RoutingContext request) {
    Parameters query = Parameters.of(request, "interval", "node", "asOf");
    OptionalLong start = query.moment("interval");
    if (start.isEmpty() || start.getAsLong() % QUARTER != 0) {
      throw RequestRefused.bad(
          "interval must be the start of a quarter of an hour, such as 2026-03-01T06:15:00Z");
    }
    Answer.with(
        request,
        plant
            .closed(
                SeriesQuestion.asOf(query),
                _ -> new ClosedAccounts.Range(start.getAsLong(), start.getAsLong() + QUARTER),
                accounts -> find(accounts, start.getAsLong(), query.text("node")))
            .thenCompose(
                found -> bodies(found.registers()).thenApply(bodies -> json(found, bodies))),
        answer -> Answer.json(request, answer));
  }

  private static Found find(ClosedAccounts accounts, long start, Optional<String> node) {
    LedgerHead head = accounts.head();
    Subject subject = Subject.of(head, node, Optional.empty());
    ClosedInterval interval =
        only(accounts)
            .orElseThrow(
                () ->
                    RequestRefused.notFound(
                        "At log size "
                            + head.size()
                            + " there is no account of the quarter of an hour from "
                            + Json.time(start)
                            + "; accounts are closed through "
                            + AccountJson.time(head.closedThroughMillis())
                            + "."));
    return new Found(head.size(), subject, interval, registers(subject, interval));
  }

  private static Optional<ClosedInterval> only(ClosedAccounts accounts) {
    List<ClosedInterval> found = new ArrayList<>(1);
    accounts.each(found::add);
    return found.stream().findFirst();
  }

  /** Returns the registers behind a node's figures: its own, those right below, the sources'. */
  private static List<MeterSlice> registers(Subject subject, ClosedInterval interval) {
    return switch (interval) {
      case ClosedInterval.Summary _ -> List.of();
      case ClosedInterval.Whole whole ->
          whole.account().meters().stream()
              .filter(
                  slice ->
                      slice.meter().equals(subject.place().id())
                          || subject.place().children().containsKey(slice.meter())
                          || whole.account().postings().stream()
                              .anyMatch(posting -> posting.source().equals(slice.meter())))
              .toList();
    };
  }

  /** Reads the leaves that may hold the readings; a register with too many has its range alone. */
  private CompletableFuture<SortedMap<Long, Body>> bodies(List<MeterSlice> registers) {
    TreeSet<Long> wanted = new TreeSet<>();
    for (MeterSlice register : registers) {
      if (isSearched(register)) {
        for (long leaf = register.firstLeaf(); leaf <= register.lastLeaf(); leaf++) {
          wanted.add(leaf);
        }
      }
    }
    CompletableFuture<SortedMap<Long, Body>> all =
        CompletableFuture.completedFuture(new TreeMap<>());
    if (wanted.size() > MOST_READ) {
      return all;
    }
    for (long leaf : wanted) {
      all =
          all.thenCombine(
              plant.evidence(leaf),
              (bodies, evidence) -> {
                evidence.ifPresent(
                    known -> bodies.put(leaf, known.leaf().statement().statement().body()));
                return bodies;
              });
    }
    return all;
  }

  private static boolean isSearched(MeterSlice register) {
    return register.firstLeaf() >= 0 && register.lastLeaf() - register.firstLeaf() < MOST_SEARCHED;
  }

  private ObjectNode json(Found found, SortedMap<Long, Body> bodies) {
    ClosedInterval interval = found.interval();
    ObjectNode json =
        Json.object()
            .put("asOf", found.size())
            .put("from", Json.time(interval.startMillis()))
            .put("to", Json.time(interval.startMillis() + QUARTER))
            .put("node", found.subject().place().id());
    json.set("evidence", AccountJson.evidence(interval.leaf(), plant.log()));
    if (interval
        instanceof
        ClosedInterval.Whole(
            FacilityInterval account,
            OptionalLong _,
            Optional<ClosedInterval.Month> month)) {
      json.set("month", month.map(this::month).orElse(null));
      json.setAll(FacilityIntervalJson.of(account));
      json.set("entries", entries(found.subject().place(), account));
      json.set(
          "meters",
          Json.array(
              found.registers(),
              register ->
                  FacilityIntervalJson.meter(register)
                      .set("readings", readings(register, bodies))));
    }
    return json;
  }

  private ObjectNode month(ClosedInterval.Month closed) {
    ObjectNode json = Json.object().put("restatedSince", closed.restatedSince());
    json.set("evidence", AccountJson.evidence(closed.leaf(), plant.log()));
    return json;
  }

  private static ArrayNode entries(Place place, FacilityInterval account) {
    ArrayNode entries = Json.array();
    long[] parts = account.parts(account.headline());
    boolean priced = account.co2e(account.headline()).isPresent();
    for (int i = 0; i < parts.length; i++) {
      Entry entry = account.entries().get(i);
      if (place.holds(entry.node())) {
        entries.add(
            FacilityIntervalJson.entry(entry)
                .put("co2eKg", priced ? new Co2e(parts[i]).kilograms() : null));
      }
    }
    return entries;
  }

  /** Returns the leaves that hold readings of a register; null if they were not looked through. */
  private static JsonNode readings(MeterSlice register, SortedMap<Long, Body> bodies) {
    if (register.firstLeaf() < 0) {
      return Json.array();
    }
    SortedMap<Long, Body> range = bodies.subMap(register.firstLeaf(), register.lastLeaf() + 1);
    if (!isSearched(register) || range.isEmpty()) {
      return Json.object().nullNode();
    }
    ArrayNode leaves = Json.array();
    range.forEach(
        (leaf, body) -> {
          if (reads(body, register)) {
            leaves.add(leaf);
          }
        });
    return leaves;
  }

  private static boolean reads(Body body, MeterSlice register) {
    Register wanted = register.export() ? Register.ENERGY_EXPORT : Register.ENERGY_IMPORT;
    List<Series> all =
        body instanceof Body.Readings readings
            ? readings.series()
            : body instanceof Body.Imported imported ? imported.series() : List.of();
    return all.stream()
        .anyMatch(series -> series.meter().equals(register.meter()) && series.register() == wanted);
  }
}
