package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.emission.IntensitySeries;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.runtime.web.Json;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsOfTest {
  private static final String HOUR = "?from=2026-03-02T08:00:00Z&to=2026-03-02T09:00:00Z&step=1h";
  private static final String HOURLY = "/api/v1/emissions" + HOUR + "&basis=LB_HOURLY";
  private static final String CELL = "/api/v1/evidence/cell?interval=2026-03-02T08:15:00Z";

  private final LedgerPlant plant = new LedgerPlant();
  private SampleGateway gateway;
  private Http http;

  @BeforeEach
  void serve() throws Exception {
    gateway = new SampleGateway(plant.model(), 0);
    http = new Http(gateway.url());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** Prices the second quarter of an hour, which had no intensity. */
  private long price(long microgramsPerKwh) {
    return plant.price(
        new IntensitySeries.Slot(LedgerPlant.START + LedgerPlant.QUARTER, microgramsPerKwh, false));
  }

  @Test
  void aRestatedQuarterIsSeenAsItWasKnownBeforeAndAfter() throws Exception {
    long before = plant.log().size();
    JsonNode then = http.json(HOURLY);
    JsonNode cellThen = http.json(CELL);
    price(200_000_000_000L);
    long between = plant.log().size();
    price(250_000_000_000L);

    assertThat(http.json(HOURLY + "&asOf=" + before)).isEqualTo(then);
    assertThat(then.at("/steps/0/co2eKg/total").isNull()).isTrue();
    // 8 kWh · (100 + 200 + 300 + 100) g/kWh
    JsonNode once = http.json(HOURLY + "&asOf=" + between);
    assertThat(once.path("asOf").longValue()).isEqualTo(between);
    assertThat(once.at("/steps/0/co2eKg/total").textValue()).isEqualTo("5.6");
    assertThat(once.at("/steps/0/quality/restatements/highest").intValue()).isEqualTo(1);
    assertThat(http.json(HOURLY).at("/steps/0/co2eKg/total").textValue()).isEqualTo("6");

    assertThat(http.json(CELL + "&asOf=" + before)).isEqualTo(cellThen);
    assertThat(http.json(CELL + "&asOf=" + between).at("/revision/number").intValue()).isEqualTo(1);
    assertThat(http.json(CELL).at("/revision/number").intValue()).isEqualTo(2);
  }

  @Test
  void everySizeOfTheLogAnswersWhatItAnsweredThen() throws Exception {
    Map<Long, String> answers = new HashMap<>();
    plant.afterEachLeaf(() -> answers.put(plant.log().size(), answer(OptionalLong.empty())));
    price(200_000_000_000L);
    plant.read(6);
    plant.read(8);
    price(250_000_000_000L);
    plant.read(9);
    plant.afterEachLeaf(() -> {});
    assertThat(Set.copyOf(answers.values())).hasSizeGreaterThan(8);
    answers.forEach(
        (size, then) ->
            assertThat(answer(OptionalLong.of(size))).as("at size " + size).isEqualTo(then));
  }

  /** Asks on this thread, which may be one that logs; returns the figures on every basis. */
  private String answer(OptionalLong asOf) {
    SeriesQuestion question =
        new SeriesQuestion(
            OptionalLong.of(LedgerPlant.START),
            OptionalLong.of(LedgerPlant.START + 12 * LedgerPlant.QUARTER),
            StepLength.parse("15m"),
            Optional.empty(),
            Optional.empty(),
            BasisChoice.parse(Optional.of("all")),
            asOf);
    return plant
        .model()
        .closed(
            asOf,
            question::range,
            accounts -> {
              StepSeries series =
                  question.ask(accounts, (subject, shown) -> new EmissionSum(subject, shown, true));
              ObjectNode json =
                  Json.object()
                      .put("asOf", series.size())
                      .put("closedThrough", AccountJson.time(series.closedThroughMillis()));
              ArrayNode steps = json.putArray("steps");
              series.steps().forEach(step -> step.write(steps.addObject(), plant.log()));
              return Json.compact(json);
            })
        .join();
  }

  @Test
  void aQuarterIsAbsentUntilItIsClosedAndWithoutEvidenceUntilItIsWritten() throws Exception {
    long leaf = http.json(CELL).at("/evidence/leaf").longValue();
    long close = ((Body.Derived) plant.leaf(leaf).statement().statement().body()).cause();
    HttpResponse<String> open = http.get(CELL + "&asOf=" + close, "application/json");
    assertThat(open.statusCode()).isEqualTo(404);
    assertThat(open.body()).contains("At log size " + close, "closed through 2026-03-02T08:15:00Z");
    JsonNode step = http.json("/api/v1/energy" + HOUR + "&asOf=" + close).at("/steps/0");
    assertThat(step.path("quartersClosed").intValue()).isEqualTo(1);
    assertThat(step.at("/energyKwh/total").textValue()).isEqualTo("10");
    JsonNode unwritten = http.json(CELL + "&asOf=" + leaf);
    assertThat(unwritten.path("entries")).isNotEmpty();
    assertThat(unwritten.path("evidence").isNull()).isTrue();
    assertThat(http.json(CELL + "&asOf=" + (leaf + 1)).at("/evidence/leaf").longValue())
        .isEqualTo(leaf);
  }

  @Test
  void thePresentSizeAnswersWhatIsAnsweredWithoutOne() throws Exception {
    String now = "asOf=" + plant.log().size();
    for (String path :
        List.of(HOURLY, CELL, "/api/v1/energy" + HOUR + "&node=furnace", "/api/v1/emissions")) {
      assertThat(http.get(path + (path.contains("?") ? "&" : "?") + now, "*/*").body())
          .as(path)
          .isEqualTo(http.get(path, "*/*").body());
    }
  }

  @Test
  void beforeThePlantModelThereIsNothing() throws Exception {
    JsonNode answer = http.json("/api/v1/energy" + HOUR + "&asOf=0");
    assertThat(answer.path("asOf").longValue()).isZero();
    assertThat(answer.path("closedThrough").isNull()).isTrue();
    assertThat(answer.at("/steps/0/quartersClosed").intValue()).isZero();
    assertThat(answer.at("/steps/0/energyKwh/total").isNull()).isTrue();
  }

  @Test
  void sizesThatTheLogNeverHadAreRefusedWithTheReason() throws Exception {
    long size = plant.log().size();
    for (String path : new String[] {HOURLY, "/api/v1/energy" + HOUR, CELL}) {
      refused(path + "&asOf=" + (size + 1), "from 0 to " + size);
      refused(path + "&asOf=yesterday", "asOf is no whole number");
      refused(path + "&asOf=-1", "asOf must be from 0");
      refused(path + "&asOf=", "asOf is no whole number");
      refused(path + "&asOf=1&asOf=2", "more than once");
      refused(path + "&asOf=99999999999999999999", "asOf is no whole number");
    }
  }

  private void refused(String path, String reason) throws Exception {
    HttpResponse<String> answer = http.get(path, "application/json");
    assertThat(answer.statusCode()).as(path).isEqualTo(400);
    assertThat(answer.body()).as(path).contains(reason);
  }
}
