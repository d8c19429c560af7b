package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.ledger.account.AbsorptionAccount;
import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.account.FacilityInterval;
import io.tracegram.ledger.account.IntervalAccount;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.PeriodAccount;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.evidence.statement.Series;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.SupplierDocument;
import io.tracegram.ledger.evidence.statement.SupplierSignature;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A leaf's statement, decoded for people and programs. Stateless. */
final class StatementJson {
  private StatementJson() {}

  static ObjectNode of(Leaf leaf) {
    Statement statement = leaf.statement().statement();
    ObjectNode json =
        Json.object()
            .put("facility", statement.facility())
            .put("agent", statement.agent())
            .put("epoch", statement.epoch())
            .put("sequence", statement.sequence())
            .put("previous", statement.previous().hex())
            .put("time", Json.time(statement.wallMillis()))
            .put("clock", String.valueOf(statement.clockStatus().letter()))
            .put("keyId", leaf.statement().keyId().hex())
            .put("kind", word(statement.body().kind()));
    json.set("body", body(statement.body()));
    return json;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ObjectNode body(Body body) {
    return switch (body) {
      case Body.Readings readings ->
          Json.object().set("series", Json.array(readings.series(), StatementJson::series));
      case Body.Weight weight ->
          Json.object()
              .put("scale", weight.scale())
              .put("measured", Json.time(weight.measuredMillis()))
              .put("massKg", weight.mass().kilograms());
      case Body.Scan scan ->
          Json.object()
              .put("scanner", scan.scanner())
              .put("scanned", Json.time(scan.scannedMillis()))
              .put("symbology", scan.symbology())
              .put("text", scan.text());
      case Body.TagRead read ->
          Json.object()
              .put("portal", read.portal())
              .set("tags", Json.array(read.tags(), CustodyJson::tag));
      case Body.Gap gap ->
          Json.object()
              .put("first", gap.first())
              .put("last", gap.last())
              .put("lastHash", gap.lastHash().hex());
      case Body.Heartbeat _ -> Json.object();
      case Body.DeviceStatus status ->
          Json.object()
              .put("device", status.device())
              .put("state", word(status.state()))
              .put("code", status.code())
              .put("reason", status.reason())
              .put("since", Json.time(status.sinceMillis()))
              .put("count", status.count());
      case Body.Calculator calculator -> Json.object().put("version", calculator.version());
      case Body.KeyRegistered registered ->
          Json.object()
              .put("role", word(registered.role()))
              .put("holder", registered.holder())
              .put("algorithm", registered.key().algorithm().name())
              .put("keyId", registered.key().keyId().hex());
      case Body.PlantModelDeclared declared -> document(declared.document());
      case Body.FactorSetDeclared declared -> length(declared.document());
      case Body.SupplierFootprint footprint -> footprint(footprint);
      case Body.MaterialClaimed said -> document(ClaimJson.of(said), said.document());
      case Body.ClaimWithdrawn said -> document(ClaimJson.of(said), said.document());
      case Body.EpcisCapture capture -> capture(capture);
      case Body.Imported imported ->
          Json.object()
              .put("file", imported.file().hex())
              .put("person", imported.person())
              .set("series", Json.array(imported.series(), StatementJson::series));
      case Body.ManualEntry entry -> entry(entry);
      case Body.Approval approval ->
          Json.object().put("person", approval.person()).put("entry", approval.entry());
      case Body.PeriodClose close ->
          Json.object()
              .put("from", Json.time(close.fromMillis()))
              .put("through", Json.time(close.throughMillis()));
      case Body.Part part ->
          Json.object()
              .put("sha256", part.whole().hex())
              .put("number", part.number())
              .put("count", part.count())
              .put("length", part.content().length());
      case Body.IntervalClose close ->
          Json.object().put("through", Json.time(close.throughMillis()));
      case Body.LotPassport passport -> passport(passport);
      case Body.ProductDeclared declared ->
          Json.object()
              .put("product", declared.product())
              .put("revision", declared.revision())
              .put("document", declared.document().hex())
              .put("totalCo2eKg", declared.total().kilograms());
      case Body.Derived derived -> derived(derived);
    };
  }

  private static ObjectNode series(Series series) {
    return Json.object()
        .put("meter", series.meter())
        .put("register", word(series.register()))
        .put("unit", series.register().cumulative() ? "mWh" : "mW")
        .put("serial", series.serial())
        .put("resolution", series.resolution())
        .set(
            "readings",
            Json.array(
                series.readings(),
                reading ->
                    Json.object()
                        .put("measured", Json.time(reading.measuredMillis()))
                        .put("value", Long.toString(reading.value()))));
  }

  private static ObjectNode entry(Body.ManualEntry said) {
    ObjectNode json = Json.object().put("person", said.person()).put("reason", said.reason());
    return switch (said.entry()) {
      case Body.ManualEntry.Entry.Discontinuity entry ->
          json.put("meter", entry.meter())
              .put("at", Json.time(entry.millis()))
              .put("finalValue", Long.toString(entry.finalValue()))
              .put("initialValue", Long.toString(entry.initialValue()));
      case Body.ManualEntry.Entry.Amount entry ->
          json.put("meter", entry.meter())
              .put("from", Json.time(entry.fromMillis()))
              .put("to", Json.time(entry.toMillis()))
              .put("amount", Long.toString(entry.amount()))
              .put("method", entry.method());
      case Body.ManualEntry.Entry.TypedWeight entry ->
          json.put("scanner", entry.scanner())
              .put("scan", entry.scan())
              .put("massKg", entry.mass().kilograms());
    };
  }

  private static ObjectNode capture(Body.EpcisCapture capture) {
    return Json.object()
        .put("capture", capture.capture())
        .put("proceed", capture.proceed())
        .put("refused", capture.refused().size())
        .setAll(length(capture.document()));
  }

  /** Adds what the supplier signed, and its COSE_Sign1 for whoever checks it. */
  private static ObjectNode document(ObjectNode json, Optional<SupplierDocument> signed) {
    return signed
        .map(
            document ->
                json.put("document", new String(document.bytes().bytes(), StandardCharsets.UTF_8))
                    .put("cose", Base64.getEncoder().encodeToString(document.encoded())))
        .orElse(json);
  }

  private static ObjectNode footprint(Body.SupplierFootprint said) {
    ObjectNode json = length(said.document()).put("lot", said.lot().isEmpty() ? null : said.lot());
    if (said.document() instanceof Document.Inline(Content content)) {
      json.put("document", new String(content.bytes(), StandardCharsets.UTF_8));
    }
    return ClaimJson.signed(json, said.signature().map(SupplierSignature::key))
        .set("declared", FootprintJson.of(said.declared()));
  }

  private static ObjectNode length(Document document) {
    return switch (document) {
      case Document.Inline(Content content) ->
          Json.object()
              .put("sha256", Hash.sha256(content.bytes()).hex())
              .put("length", content.length());
      case Document.Parts(Hash sha256, int length) ->
          Json.object().put("sha256", sha256.hex()).put("length", length);
    };
  }

  private static ObjectNode document(Document document) {
    return switch (document) {
      case Document.Inline(Content content) -> plantModel(content.bytes());
      case Document.Parts(Hash sha256, int length) ->
          Json.object().put("sha256", sha256.hex()).put("length", length);
    };
  }

  private static ObjectNode plantModel(byte[] content) {
    try {
      PlantModel plant = PlantModelCodec.decode(content);
      ObjectNode json =
          Json.object()
              .put("facility", plant.facility())
              .put("name", plant.name())
              .put("operator", plant.operator())
              .put("timeZone", plant.timeZone())
              .put("simulated", plant.simulated());
      json.set("gridFactor", plant.grid().factor().map(AccountJson::factor).orElse(null));
      return json.put("meters", plant.meters().size())
          .put("scanners", plant.scanners().size())
          .put("materials", plant.materials().size());
    } catch (MalformedException e) {
      return undecoded(content);
    }
  }

  private static ObjectNode passport(Body.LotPassport passport) {
    ObjectNode json = Json.object();
    try {
      json.set("supplierStatement", of(Leaf.parse(passport.leaf().bytes())));
    } catch (MalformedException e) {
      json.set("supplierStatement", undecoded(passport.leaf().bytes()));
    }
    return json.put("proof", new String(passport.proof().bytes(), StandardCharsets.UTF_8));
  }

  private static ObjectNode derived(Body.Derived derived) {
    ObjectNode json = Json.object().put("cause", derived.cause()).put("ordinal", derived.ordinal());
    byte[] content = derived.content().bytes();
    try {
      return json.set(
          "result",
          derived.kind() == Kind.CUSTODY_EVENT
              ? CustodyJson.event(CustodyEventCodec.decode(content))
              : account(AccountCodec.decode(content)));
    } catch (MalformedException e) {
      return json.set("result", undecoded(content));
    }
  }

  private static ObjectNode account(AccountCodec.Account account) {
    return switch (account) {
      case AccountCodec.Account.OfInterval(int version, IntervalAccount interval) ->
          interval(interval).put("calculator", version);
      case AccountCodec.Account.OfFacility(int version, FacilityInterval interval) ->
          interval(interval.summary())
              .put("calculator", version)
              .setAll(FacilityIntervalJson.of(interval));
      case AccountCodec.Account.OfPeriod(int version, PeriodAccount month) ->
          PeriodJson.of(month).put("calculator", version);
      case AccountCodec.Account.OfLot(int version, LotAccount lot) ->
          lot(lot).put("calculator", version);
      case AccountCodec.Account.OfAbsorption(int version, AbsorptionAccount month) ->
          BurdenJson.of(month).put("account", "absorption").put("calculator", version);
    };
  }

  private static ObjectNode interval(IntervalAccount interval) {
    ObjectNode json =
        Json.object()
            .put("account", "interval")
            .put("from", Json.time(interval.startMillis()))
            .put("to", Json.time(interval.endMillis()));
    json.set("total", AccountJson.share(interval.total(), interval.priced()));
    ObjectNode direct = Json.object();
    interval
        .direct()
        .forEach((order, share) -> direct.set(order, AccountJson.share(share, interval.priced())));
    json.set("direct", direct);
    json.set("idle", AccountJson.share(interval.idle(), interval.priced()));
    json.set("overhead", AccountJson.share(interval.overhead(), interval.priced()));
    json.set("unattributed", AccountJson.share(interval.unattributed(), interval.priced()));
    return json.put("interpolatedKwh", interval.interpolated().kilowattHours());
  }

  private static ObjectNode lot(LotAccount lot) {
    ObjectNode json =
        Json.object()
            .put("account", "lot")
            .put("lot", lot.lot().path())
            .put("material", lot.material())
            .put("massKg", lot.mass().kilograms());
    json.set("own", AccountJson.share(lot.own()));
    json.put("inheritedCo2eKg", lot.inherited().kilograms())
        .put("secondaryInInheritedCo2eKg", lot.secondary().kilograms())
        .put("totalCo2eKg", lot.total().kilograms());
    lot.detail().ifPresent(detail -> json.set("footprint", BurdenJson.of(detail)));
    return json.set("inputs", Json.array(lot.inputs(), AccountJson::input));
  }

  private static ObjectNode undecoded(byte[] content) {
    return Json.object().put("undecoded", HexFormat.of().formatHex(content));
  }
}
