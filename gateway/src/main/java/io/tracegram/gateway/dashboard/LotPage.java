package io.tracegram.gateway.dashboard;

import io.tracegram.ledger.account.Haul;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.LotDetail;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.custody.ContainerId;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.lot.Component;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.ClaimText;
import io.tracegram.runtime.web.Figure;
import io.tracegram.runtime.web.RoundedParts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Makes the page of one lot. Stateless apart from its collaborators. */
final class LotPage {
  private static final int BAR = 1_000;

  private final PlantReadModel plant;
  private final Assets assets;

  LotPage(PlantReadModel plant, Assets assets) {
    this.plant = plant;
    this.assets = assets;
  }

  LotView view(PlantSnapshot snapshot, LotState lot, LotOrigin origin) {
    ZoneId zone = snapshot.plant().map(LocalDay::zone).orElse(ZoneId.of("UTC"));
    LotAccount account = lot.account().orElse(null);
    return new LotView(
        new Frame(
            assets,
            lot.material() + " " + lot.lot().number(),
            snapshot.plant().map(PlantModel::simulated).orElse(false)),
        snapshot.plant().map(PlantModel::name).orElse("This plant"),
        lot.lot().number(),
        lot.lot().isSerialised() ? "Serial" : "Lot",
        lot.lot().gtin(),
        lot.material(),
        state(lot) + typed(lot),
        LocalDay.moment(lot.sinceMillis(), zone),
        lot.unit().map(unit -> unit(lot, unit)).orElse(""),
        Figure.kilograms(lot.mass(), 3),
        Figure.kilograms(lot.remaining(), 3),
        co2e(lot.provisionalOwn(), lot.priced(), 3),
        Figure.kilowattHours((account == null ? lot.provisionalOwn() : account.own()).energy(), 3),
        lot.account().map(LotPage::whole),
        lot.account().map(known -> Figure.kilogramsCo2e(known.secondary(), 3)),
        lot.account().map(LotPage::primary).orElse(""),
        lot.account().flatMap(LotAccount::detail).map(LotPage::components).orElse(List.of()),
        lot.account().map(LotPage::inputs).orElse(List.of()),
        legs(lot),
        origin.claims().claims().stream().map(held -> claim(held, lot)).toList(),
        EvidenceMark.of(lot.accountLeaf(), plant.log()),
        evidence(lot),
        "/api/v1" + Links.lot(lot.lot()),
        Figure.count(snapshot.size()));
  }

  /** Returns CO2e for reading; a part of an unknown whole is unknown. */
  static Figure co2e(Share share, boolean priced, int decimals) {
    return priced ? Figure.kilogramsCo2e(share.co2e(), decimals) : Figure.unknown("kg CO₂e");
  }

  /** Says how far the lot's mass rests on what people typed. */
  private static String typed(LotState lot) {
    if (!lot.weighed()) {
      return ", its weight typed by a person";
    }
    return lot.typed().milligrams() == 0
        ? ""
        : ", " + lot.typed().kilograms() + " kg of it resting on typed weights";
  }

  static String state(LotState lot) {
    return switch (lot.state()) {
      case IN_STOCK -> "in stock";
      case PRODUCED -> "produced";
      case CONSUMED -> "consumed";
      case SHIPPED -> "shipped";
    };
  }

  private static String unit(LotState lot, ContainerId unit) {
    String kind =
        unit.path().startsWith("00/")
            ? "logistic unit"
            : unit.isGs1() ? "returnable asset" : "unit with the tag";
    return "%s the %s %s"
        .formatted(
            lot.state() == LotState.State.SHIPPED
                ? "Left in"
                : unit.isReturnable() ? "Bound to" : "Packed in",
            kind,
            unit.number());
  }

  static NowView.LotRow.Carbon carbon(LotAccount account) {
    RoundedParts rounded =
        RoundedParts.of(
            List.of(account.own().co2e(), account.inherited()),
            Math.max(2, RoundedParts.decimalsFor(account.total())));
    return new NowView.LotRow.Carbon(
        rounded.parts().get(0), rounded.parts().get(1), rounded.total(), perKilogram(account));
  }

  private static LotView.Carbon whole(LotAccount account) {
    Co2e absorbed =
        account.detail().map(known -> known.absorbed().total(known.headline())).orElse(Co2e.ZERO);
    Co2e direct = account.own().co2e().minus(absorbed);
    RoundedParts rounded =
        RoundedParts.of(
            List.of(direct, absorbed, account.inherited()),
            Math.max(2, RoundedParts.decimalsFor(account.total())));
    return new LotView.Carbon(
        rounded.parts().get(0),
        rounded.parts().get(1),
        rounded.parts().get(2),
        rounded.total(),
        perKilogram(account),
        width(direct, account.total()),
        width(account.own().co2e(), account.total()));
  }

  private static List<LotView.Part> components(LotDetail detail) {
    Burden carried = detail.carried();
    List<LotView.Part> parts = new ArrayList<>();
    for (Component component : Component.values()) {
      boolean known = carried.knows(component);
      if (!known || carried.of(component) != 0) {
        parts.add(
            new LotView.Part(
                name(component),
                known
                    ? Figure.kilogramsCo2e(new Co2e(carried.of(component)), 3)
                    : Figure.unknown("kg CO₂e"),
                component.counts(detail.headline())
                    ? known ? "" : "not accounted: no factor declared"
                    : "beside the sum"));
      }
    }
    return parts;
  }

  private static String name(Component component) {
    return switch (component) {
      case SCOPE_1 -> "Scope 1";
      case SCOPE_2_ANNUAL -> "Scope 2, year's average";
      case SCOPE_2_HOURLY -> "Scope 2, average of the slot";
      case UPSTREAM -> "Upstream of energy";
      case TRANSPORT -> "Transport";
      case PACKAGING -> "Packaging";
      case WASTE -> "Treatment of waste";
      case INHERITED -> "From suppliers";
      case BIOGENIC -> "Biogenic CO₂";
      case SCOPE_2_MARKET -> "Scope 2, market-based";
      case SCOPE_2_MARKET_HOURLY -> "Scope 2, market-based by the hour";
    };
  }

  private static Figure perKilogram(LotAccount account) {
    if (account.mass().milligrams() <= 0) {
      return new Figure("", "–", "kg CO₂e per kg");
    }
    BigDecimal perKilogram =
        BigDecimal.valueOf(account.total().micrograms(), 3)
            .divide(BigDecimal.valueOf(account.mass().milligrams()), MathContext.DECIMAL64);
    return Figure.of(perKilogram, 4, "kg CO₂e per kg");
  }

  private static int width(Co2e part, Co2e whole) {
    return whole.micrograms() <= 0
        ? 0
        : BigDecimal.valueOf(part.micrograms())
            .multiply(BigDecimal.valueOf(BAR))
            .divide(BigDecimal.valueOf(whole.micrograms()), MathContext.DECIMAL64)
            .intValue();
  }

  private static List<LotView.Input> inputs(LotAccount account) {
    if (account.inputs().isEmpty()) {
      return List.of();
    }
    List<Co2e> carried = account.inputs().stream().map(LotAccount.Input::inherited).toList();
    RoundedParts rounded =
        RoundedParts.of(carried, Math.max(2, RoundedParts.decimalsFor(account.total())));
    List<LotView.Input> inputs = new ArrayList<>();
    for (int i = 0; i < account.inputs().size(); i++) {
      LotAccount.Input input = account.inputs().get(i);
      inputs.add(
          new LotView.Input(
              input.lot().number(),
              input.material(),
              Links.lot(input.lot()),
              Figure.kilograms(input.mass(), 3),
              rounded.parts().get(i),
              input.lot().isContent()
                  ? "blend of silo " + input.lot().silo()
                  : basis(input.basis())));
    }
    return inputs;
  }

  private static List<LotView.Leg> legs(LotState lot) {
    return lot.haul().map(LotPage::legs).orElse(List.of());
  }

  private static List<LotView.Leg> legs(Haul haul) {
    return haul.route().legs().stream()
        .map(
            leg ->
                new LotView.Leg(
                    FacilityIntervalJson.word(leg.mode()).replace('-', ' '),
                    HaulJson.kilometres(leg.distance())
                        + (leg.distance().isDeclared()
                            ? " km, declared"
                            : " km, great circle × " + HaulJson.detour(leg.distance())),
                    Figure.kilogramsCo2e(haul.of(leg), 3),
                    leg.factor().citation() + ", " + leg.factor().source()))
        .toList();
  }

  /** Says what part of the total is primary data, and by which policy. */
  private static String primary(LotAccount account) {
    return account
        .primaryDataShare()
        .map(
            share ->
                "Primary data share %s %% by the policy ‘%s’%s"
                    .formatted(
                        share.toPlainString(),
                        account.primaryPolicy().policy().name().toLowerCase(Locale.ROOT),
                        account.primaryPolicy().mixed()
                            ? "; a part was counted by another policy."
                            : "."))
        .orElse("");
  }

  private LotView.Claim claim(HeldClaim held, LotState lot) {
    return new LotView.Claim(
        ClaimText.wording(held, lot.mass()) + ": " + ClaimText.of(held.claim()),
        held.company() + "; " + ClaimText.said(held.key()),
        Figure.kilograms(held.mass(), 3),
        ClaimText.percent(held.mass(), lot.mass()) + " %",
        ClaimText.model(held.model()).replace('-', ' '),
        EvidenceMark.of(OptionalLong.of(held.leaf()), plant.log()));
  }

  private static String basis(LotAccount.Basis basis) {
    return switch (basis) {
      case PASSPORT -> "supplier's passport, proven";
      case SECONDARY -> "secondary factor";
      case OWN -> "made here, metered";
      case DECLARED -> "footprint that the supplier declared";
    };
  }

  private String evidence(LotState lot) {
    if (lot.lot().isContent()) {
      return "What was in silo %s after the scan of leaf %s; it has no account of its own, each lot"
              .formatted(
                  lot.lot().silo(), lot.lot().number().substring(lot.lot().silo().length() + 2))
          + " that was drawn from it has.";
    }
    if (lot.accountLeaf().isEmpty()) {
      if (!lot.priced()) {
        return "Unknown: a factor is missing for part of its production, see the problems; final"
            + " once it is declared.";
      }
      return lot.account().isPresent()
          ? "The account is final; its leaf is being written."
          : "Provisional: final once every quarter-hour of its production is closed and every"
              + " input's figure is known.";
    }
    long leaf = lot.accountLeaf().getAsLong();
    return "Leaf " + Figure.count(leaf);
  }
}
