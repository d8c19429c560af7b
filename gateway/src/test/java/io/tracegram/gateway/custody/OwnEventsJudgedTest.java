package io.tracegram.gateway.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tracegram.gateway.dashboard.SamplePlant;
import io.tracegram.ledger.custody.BusinessTransaction;
import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.custody.CustodyEvent;
import io.tracegram.ledger.custody.CustodyEvent.LotQuantity;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.custody.Weighing;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.epcis.EpcisJudge;
import io.tracegram.runtime.epcis.JudgedDocument;
import io.tracegram.runtime.epcis.JudgedEvent;
import io.tracegram.runtime.web.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway renders as EPCIS stands before the judge of EPCIS, and before the schema. */
class OwnEventsJudgedTest {
  private static final Path SCHEMA =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"))
          .resolve("EPCIS-JSON-Schema.json");

  private final Path data;

  OwnEventsJudgedTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void ourOwnEventsAreValid() throws Exception {
    try (CustodySite site = new CustodySite(data)) {
      ObjectNode document = captured(site);
      assertThat(events(document)).hasSize(4).hasOnlyElementsOfType(JudgedEvent.Valid.class);
      assertThat(events(document))
          .map(event -> ((JudgedEvent.Valid) event).eventId())
          .doesNotHaveDuplicates();
    }
  }

  /** Of each type one of an order, its error's declaration, and what an order took late. */
  @Test
  void everyTypeOfEventIsValidAndFindsItsErrorBesideIt() throws Exception {
    assumeTrue(
        Files.exists(SCHEMA),
        () -> SCHEMA + " is absent: give its folder by -Dtracegram.shared.data");
    List<CustodyEvent> events = new ArrayList<>();
    for (CustodyEvent.Type type : CustodyEvent.Type.values()) {
      events.add(event(type, LOTS, Optional.empty()));
      events.add(
          event(
              type,
              LOTS,
              Optional.of(new CustodyEvent.ErrorDeclaration(SamplePlant.MIDNIGHT + 60_000, 900))));
    }
    events.add(event(CustodyEvent.Type.TRANSFORMED, List.of(), Optional.empty()));
    events.add(pour());
    try (CustodySite site = new CustodySite(data, log -> log, events)) {
      ObjectNode document = captured(site);
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
              .getSchema(Files.readString(SCHEMA));
      assertThat(
              schema.validate(
                  document,
                  context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
          .isEmpty();
      assertThat(events(document))
          .hasSize(events.size())
          .hasOnlyElementsOfType(JudgedEvent.Valid.class);
      List<String> ids = document.findValuesAsText("eventID");
      assertThat(Set.copyOf(ids))
          .as("an error has its event's id")
          .hasSize((ids.size() - 1) / 2 + 2);
      assertThat(document.findValuesAsText("transformationID"))
          .contains("https://refinery.example/refinery/order/order%207");
      assertThat(document.findValuesAsText("epcClass"))
          .contains(
              "https://refinery.example/refinery/silo/bin/7",
              "https://refinery.example/refinery/silo/bin/77");
    }
  }

  private static final List<LotQuantity> LOTS =
      List.of(
          new LotQuantity(LotId.ofLot("09520000000028", "CS/1"), new Mass(1_500_000)),
          new LotQuantity(LotId.ofSerial("09520000000035", "D7"), new Mass(200_000_000)));

  private static CustodyEvent event(
      CustodyEvent.Type type,
      List<LotQuantity> outputs,
      Optional<CustodyEvent.ErrorDeclaration> error) {
    boolean transforms = type == CustodyEvent.Type.TRANSFORMED || type == CustodyEvent.Type.SPLIT;
    return new CustodyEvent(
        type,
        SamplePlant.MIDNIGHT,
        outputs.isEmpty() ? 99 : type.ordinal(),
        transforms ? LOTS : List.of(),
        outputs,
        "dock-in",
        "refinery/dock",
        type == CustodyEvent.Type.SHIPPED ? Optional.of("cell-plant") : Optional.empty(),
        transforms ? "order 7" : "",
        error,
        detail(type));
  }

  private static CustodyEvent.Detail detail(CustodyEvent.Type type) {
    return switch (type) {
      case RECEIVED, TRANSFORMED, SPLIT, SCRAPPED ->
          new CustodyEvent.Detail(0, List.of(), Optional.empty(), List.of(WEIGHING));
      case SHIPPED -> new CustodyEvent.Detail(0, List.of(PALLET), Optional.of(ORDER), List.of());
      case PACKED, UNPACKED ->
          new CustodyEvent.Detail(0, List.of(PALLET), Optional.empty(), List.of());
      case ASSOCIATED -> new CustodyEvent.Detail(0, List.of(TAG), Optional.empty(), List.of());
      case DISSOCIATED -> new CustodyEvent.Detail(1, List.of(TOTE), Optional.empty(), List.of());
      case TRANSACTED ->
          new CustodyEvent.Detail(0, List.of(PALLET, TOTE), Optional.of(SHIPMENT), List.of());
    };
  }

  private static final Weighing WEIGHING =
      new Weighing("floor scale", SamplePlant.MIDNIGHT + 1_234, new Mass(1_500_001));
  private static final ContainerId PALLET = new ContainerId("00/106141412345678908");
  private static final ContainerId TOTE = new ContainerId("8003/00614141123452A/1");
  private static final ContainerId TAG =
      new ContainerId("urn:epc:raw:96.xE2003412DC03011812345678");
  private static final BusinessTransaction ORDER =
      new BusinessTransaction(BusinessTransaction.Type.PURCHASE_ORDER, "PO/4711");
  private static final BusinessTransaction SHIPMENT =
      new BusinessTransaction(BusinessTransaction.Type.SHIPMENT, "12345678901234560");

  /** Queries find the new events by what they are about. */
  @Test
  void eventsAreFoundByTheirUnitTransactionAndWeighing() throws Exception {
    List<CustodyEvent> events = new ArrayList<>();
    for (CustodyEvent.Type type : CustodyEvent.Type.values()) {
      events.add(event(type, LOTS, Optional.empty()));
    }
    String pallet = "https://id.gs1.org/00/106141412345678908";
    try (CustodySite site = new CustodySite(data, log -> log, events)) {
      assertThat(types(site, "MATCH_parentID=" + pallet))
          .containsExactlyInAnyOrder("AggregationEvent", "AggregationEvent");
      assertThat(types(site, "MATCH_epc=" + pallet))
          .containsExactlyInAnyOrder("ObjectEvent", "TransactionEvent");
      assertThat(
              types(
                  site,
                  "MATCH_parentID=https://refinery.example/refinery/tag/E2003412DC03011812345678"))
          .containsExactly("AssociationEvent");
      assertThat(
              types(
                  site,
                  "MATCH_epc=https://id.gs1.org/01/09520000000035/21/D7"
                      + "&eventType=AggregationEvent&EQ_action=ADD"))
          .containsExactly("AggregationEvent");
      assertThat(
              types(
                  site,
                  "EQ_bizTransaction_po=https://refinery.example/refinery/purchase-order/PO%252F4711"))
          .containsExactly("ObjectEvent");
      assertThat(types(site, "EQ_bizTransaction_bol=https://id.gs1.org/402/12345678901234560"))
          .containsExactly("TransactionEvent");
      assertThat(types(site, "EQ_type=Mass&GE_value_GRM=1500.001")).hasSize(4);
      assertThat(types(site, "EQ_type=Mass&GT_value_GRM=1500.001")).isEmpty();
      assertThat(types(site, "EQ_deviceID=https://refinery.example/refinery/scale/floor%2520scale"))
          .hasSize(4);
    }
  }

  private static List<String> types(CustodySite site, String query) throws Exception {
    List<String> types = new ArrayList<>();
    site.http()
        .json("/epcis/events?" + query)
        .at("/epcisBody/queryResults/resultsBody/eventList")
        .forEach(event -> types.add(event.path("type").textValue()));
    return types;
  }

  /** The name by content (CBV 2.0) covers the weighing, the unit and the transaction. */
  @Test
  void theHashOfAnEventCoversAllThatItTells() throws Exception {
    CustodyEvent received = event(CustodyEvent.Type.RECEIVED, LOTS, Optional.empty());
    CustodyEvent shipped = event(CustodyEvent.Type.SHIPPED, LOTS, Optional.empty());
    List<CustodyEvent> events =
        List.of(
            received,
            received.with(CustodyEvent.Detail.NONE),
            received.with(
                new CustodyEvent.Detail(
                    0,
                    List.of(),
                    Optional.empty(),
                    List.of(new Weighing("floor scale", WEIGHING.measuredMillis(), new Mass(1))))),
            shipped,
            shipped.with(CustodyEvent.Detail.NONE),
            shipped.with(
                new CustodyEvent.Detail(0, List.of(PALLET), Optional.of(SHIPMENT), List.of())));
    List<CustodyEvent> causes = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      causes.add(at(events.get(i), i));
    }
    try (CustodySite site = new CustodySite(data, log -> log, causes)) {
      ObjectNode document = captured(site);
      document
          .at("/epcisBody/eventList")
          .forEach(event -> ((ObjectNode) event).remove(List.of("eventID", "tracegram:leaf")));
      assertThat(events(document))
          .hasSize(6)
          .map(event -> ((JudgedEvent.Valid) event).eventId())
          .allMatch(id -> id.startsWith("ni:///sha-256;"))
          .doesNotHaveDuplicates();
    }
  }

  private static CustodyEvent at(CustodyEvent event, long cause) {
    return new CustodyEvent(
        event.type(),
        event.eventMillis(),
        cause,
        event.inputs(),
        event.outputs(),
        event.readPoint(),
        event.bizLocation(),
        event.destination(),
        event.order(),
        event.error(),
        event.detail());
  }

  private static CustodyEvent pour() {
    LotQuantity before =
        new LotQuantity(LotId.ofContent("09520000000028", "bin", 7), new Mass(1_000_000));
    LotQuantity after =
        new LotQuantity(LotId.ofContent("09520000000028", "bin", 77), new Mass(2_500_000));
    return new CustodyEvent(
        CustodyEvent.Type.TRANSFORMED,
        SamplePlant.MIDNIGHT,
        77,
        List.of(before, LOTS.getFirst()),
        List.of(after),
        "dock-in",
        "refinery/dock",
        Optional.empty(),
        "dock@77",
        Optional.empty());
  }

  /** Both accept the events as they are, and neither accepts them damaged. */
  @Test
  void theJudgeAndTheStandardsSchemaAgree() throws Exception {
    assumeTrue(
        Files.exists(SCHEMA),
        () -> SCHEMA + " is absent: give its folder by -Dtracegram.shared.data");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(SCHEMA));
    try (CustodySite site = new CustodySite(data)) {
      String good = Json.compact(captured(site));
      assertThat(isValid(schema, good)).isTrue();
      assertThat(isJudgedValid(good)).isTrue();
      for (List<String> damage : DAMAGES) {
        String bad = good.replace(damage.getFirst(), damage.getLast());
        assertThat(bad).as(damage.toString()).isNotEqualTo(good);
        assertThat(isValid(schema, bad)).as(damage.toString()).isFalse();
        assertThat(isJudgedValid(bad)).as(damage.toString()).isFalse();
      }
    }
  }

  private static final List<List<String>> DAMAGES =
      List.of(
          List.of("\"eventTime\"", "\"time\""),
          List.of("\"eventTimeZoneOffset\":\"+02:00\"", "\"eventTimeZoneOffset\":\"2\""),
          List.of("\"shipping\"", "\"shiping\""),
          List.of("\"in_progress\"", "\"in progress\""),
          List.of("\"OBSERVE\"", "\"SEE\""),
          List.of("\"KGM\"", "\"kilogram\""),
          List.of("\"type\":\"location\"", "\"type\":\"place\""),
          List.of("\"epcClass\"", "\"lot\""),
          List.of("\"bizLocation\"", "\"location\""),
          List.of("\"eventID\":\"urn:", "\"eventID\":\"the "),
          List.of("\"schemaVersion\":\"2.0\"", "\"schemaVersion\":2.0"));

  private static boolean isValid(JsonSchema schema, String document) {
    return schema
        .validate(
            Json.parse(document),
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .isEmpty();
  }

  private static boolean isJudgedValid(String document) {
    return switch (new EpcisJudge().judge(document.getBytes(StandardCharsets.UTF_8))) {
      case JudgedDocument.Refused refused -> false;
      case JudgedDocument.Read read ->
          read.events().stream().allMatch(event -> event instanceof JudgedEvent.Valid);
    };
  }

  private static List<JudgedEvent> events(ObjectNode document) {
    return switch (new EpcisJudge()
        .judge(Json.compact(document).getBytes(StandardCharsets.UTF_8))) {
      case JudgedDocument.Refused refused -> throw new AssertionError(refused.faults());
      case JudgedDocument.Read read -> read.events();
    };
  }

  /** What the query interface answers, as a document to be captured. */
  private static ObjectNode captured(CustodySite site) throws Exception {
    JsonNode answer = site.answer();
    ObjectNode body = Json.object();
    body.set("eventList", answer.at("/epcisBody/queryResults/resultsBody/eventList"));
    ObjectNode document =
        Json.object()
            .put("type", "EPCISDocument")
            .put("schemaVersion", "2.0")
            .put("creationDate", "2026-11-24T00:00:00Z");
    document.set("@context", answer.path("@context"));
    document.set("epcisBody", body);
    return document;
  }
}
