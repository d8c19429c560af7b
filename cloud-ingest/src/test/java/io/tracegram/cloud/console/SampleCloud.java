package io.tracegram.cloud.console;

import io.tracegram.cloud.declaration.CloudReadModel;
import io.tracegram.cloud.declaration.Declaration;
import io.tracegram.cloud.declaration.FacilityOverview;
import io.tracegram.cloud.declaration.FinishedItem;
import io.tracegram.cloud.declaration.Journey;
import io.tracegram.cloud.declaration.LinkedData;
import io.tracegram.cloud.declaration.LotOverview;
import io.tracegram.cloud.inventory.ExceptionQueries;
import io.tracegram.cloud.inventory.StoredException;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.PrimaryPolicy;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Two facilities and a battery pack, for tests of pages and for looking at them. Immutable. */
public final class SampleCloud implements CloudReadModel {
  public static final LotId PACK = LotId.ofSerial("09520000000045", "PACK-000117");

  private static final String URL = "http://127.0.0.1:8100";

  private final String product;

  /**
   * Makes a cloud.
   *
   * @param product name of the declared product, possibly hostile
   */
  public SampleCloud(String product) {
    this.product = product;
  }

  @Override
  public List<FacilityOverview> facilities() {
    return List.of(
        facility(
            "refinery",
            "Kokkola cobalt refinery",
            12_032,
            12_032,
            new FacilityOverview.Verdict.Verified(),
            12_032),
        facility(
            "cell-plant",
            "Vaasa cell plant",
            8_410,
            8_264,
            new FacilityOverview.Verdict.InProgress(),
            8_410),
        facility(
            "old-plant",
            "Old plant",
            900,
            411,
            new FacilityOverview.Verdict.Failed(411, "the signature is not the registered key's"),
            0));
  }

  private static FacilityOverview facility(
      String id,
      String name,
      long mirrored,
      long audited,
      FacilityOverview.Verdict verdict,
      long witnessed) {
    return new FacilityOverview(
        id,
        name,
        "example/" + id,
        true,
        mirrored,
        audited,
        verdict,
        Optional.empty(),
        List.of(
            new FacilityOverview.Witness(
                "witness.example/w1",
                witnessed == 0 ? OptionalLong.empty() : OptionalLong.of(witnessed),
                witnessed == 0 ? OptionalLong.empty() : OptionalLong.of(1_773_317_802L))),
        new FacilityOverview.Witnessed(
            witnessed == 0 ? OptionalLong.empty() : OptionalLong.of(witnessed),
            witnessed == 0 ? List.of() : List.of("witness.example/w1"),
            "witness.example/w1"),
        Optional.of(Instant.parse("2026-03-12T12:16:42Z")),
        new Energy(7_600_400_000L),
        Optional.of(new Co2e(272_778_356_000L)),
        14);
  }

  @Override
  public List<FinishedItem> items() {
    Declaration pack = pack();
    return List.of(
        new FinishedItem(
            pack.item(),
            pack.product(),
            pack.facilityName(),
            pack.simulated(),
            pack.own(),
            pack.inherited()));
  }

  @Override
  public List<Declaration> declarations() {
    return List.of(pack());
  }

  @Override
  public Optional<Declaration> declaration(LotId item) {
    return item.equals(PACK) ? Optional.of(pack()) : Optional.empty();
  }

  @Override
  public ExceptionQueries.Page exceptions(ExceptionQueries.Question question) {
    return new ExceptionQueries.Page(
        1,
        List.of(
            new StoredException(
                "cell-plant",
                "custody.impossible-travel",
                PACK.path(),
                "1289 km from " + product + " in 60 minutes",
                "both events are booked at their own times",
                "look for a copied label",
                new StoredException.Evidence("cell-plant", 812),
                Optional.of(new StoredException.Evidence("refinery", 97)),
                1_700_000_000_000L,
                1)));
  }

  @Override
  public Optional<LotOverview> lot(LotId lot) {
    return Optional.empty();
  }

  private Declaration pack() {
    Co2e own = new Co2e(184_333_333_333L);
    Co2e sulfate = new Co2e(511_333_333_333L);
    Co2e nickel = new Co2e(1_204_333_333_334L);
    return new Declaration(
        PACK,
        product,
        PACK.number(),
        URL + "/" + PACK.path(),
        "cell-plant",
        "Vaasa cell plant",
        true,
        new Mass(412_350_000L),
        new Energy(5_136_175_000L),
        own.plus(sulfate).plus(nickel),
        own,
        sulfate.plus(nickel),
        nickel.plus(new Co2e(310_000_000_000L)),
        new PrimaryPolicy(PrimaryData.STRICT, true),
        journey(sulfate, nickel),
        new Coverage(
            List.of(
                new HeldClaim(
                    "Mine Oy",
                    new MaterialClaim.Origin("FI", "Sotkamo"),
                    CustodyModel.CONTROLLED_BLENDING,
                    new Mass(73_500_000L),
                    8_201))),
        evidence("cell-plant", 8_260, 8_410),
        Optional.of(
            new Declaration.Published(
                "cloud.example/log",
                4_711,
                2,
                "ab".repeat(32),
                URL + "/log/documents/ab",
                true,
                true)));
  }

  /** The sulfate, what it was made of, and the nickel. */
  private static Journey journey(Co2e sulfate, Co2e nickel) {
    LotId lot = LotId.ofLot("09520000000021", "CS-0311-A");
    LotAccount.Input drum =
        new LotAccount.Input(
            LotId.ofLot("09520000000014", "HY-0310"),
            "Cobalt hydroxide",
            new Mass(80_000_000L),
            new Co2e(400_000_000_000L),
            LotAccount.Basis.SECONDARY);
    LotAccount account =
        new LotAccount(
            lot,
            "Cobalt sulfate",
            new Mass(73_500_000L),
            new Share(new Energy(151_000_000L), sulfate.minus(drum.inherited())),
            drum.inherited(),
            drum.inherited(),
            List.of(drum));
    return new Journey(
        List.of(
            new Journey.Stop(
                1,
                PACK,
                new Declaration.Component(
                    lot,
                    "Cobalt sulfate",
                    "refinery",
                    new Mass(73_500_000L),
                    sulfate,
                    LotAccount.Basis.PASSPORT,
                    evidence("refinery", 11_772, 12_032)),
                Optional.of(account),
                Optional.empty()),
            new Journey.Stop(
                2,
                lot,
                new Declaration.Component(
                    drum.lot(),
                    drum.material(),
                    "refinery",
                    drum.mass(),
                    drum.inherited(),
                    drum.basis(),
                    evidence("refinery", 11_772, 12_032)),
                Optional.empty(),
                Optional.empty()),
            new Journey.Stop(
                1,
                PACK,
                new Declaration.Component(
                    LotId.ofLot("09520000000052", "NI/88"),
                    "Nickel sulfate",
                    "cell-plant",
                    new Mass(140_000_000L),
                    nickel,
                    LotAccount.Basis.SECONDARY,
                    evidence("cell-plant", 8_260, 8_410)),
                Optional.empty(),
                Optional.empty())),
        true);
  }

  @Override
  public Optional<byte[]> document(LotId item) {
    return declaration(item).map(LinkedData::document);
  }

  private static Declaration.Evidence evidence(String facility, long leaf, long size) {
    return new Declaration.Evidence(
        facility,
        "example/" + facility,
        leaf,
        size,
        "witnessed",
        URL + "/api/v1/passports?facility=" + facility + "&lot=" + PACK.path().replace("/", "%2F"));
  }
}
