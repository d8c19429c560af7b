package io.tracegram.ledger.custody;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.custody.Floor.Outcome;
import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Tag;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.FloorPlaces;
import io.tracegram.ledger.plant.FloorRules;
import io.tracegram.ledger.plant.FloorRules.Band;
import io.tracegram.ledger.plant.FloorRules.Percent;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.ledger.plant.Sharing;
import io.tracegram.ledger.plant.Silo;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.ledger.state.StateCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A floor with a mill and an oven, whose scanners are called after their workstation and step, such
 * as {@code mill-in}, each with a scale {@code mill-in-scale}; {@code hand}, {@code ship}, {@code
 * pack} and {@code unpack} have none. At the mill stands a bin of powder, which takes cake too and
 * holds 1,000 kg: {@code mill-fill}, {@code mill-draw}, and {@code mill-pour} without a scale.
 * Portals are {@code mill-table}, which packs, {@code mill-arch} and {@code oven-arch} before the
 * mill and the oven, which has two meters, and the {@code gate} of the oven, which ships.
 */
final class FloorFixture {
  static final String ORE = "09520000000011";
  static final String POWDER = "09520000000028";
  static final String DUST = "09520000000035";
  static final String CAKE = "09520000000042";
  static final long NOON = 1_700_000_000_000L;
  static final long MINUTE = 60_000L;

  final PlantModel plant;
  Floor floor = new Floor();
  private long leaf = 100;

  FloorFixture() {
    this(FloorRules.NONE);
  }

  FloorFixture(FloorRules rules) {
    this(Additions.NONE.with(rules));
  }

  FloorFixture(Additions additions) {
    plant = plant(additions);
    floor.follow(Floor.Grammar.CARDS);
  }

  static FloorRules rules() {
    return new FloorRules(
        List.of(
            new FloorRules.MaterialRule(
                POWDER, Optional.of(new Band(new Percent(80_000), new Percent(95_000))), false),
            new FloorRules.MaterialRule(DUST, Optional.empty(), true)),
        List.of(new FloorRules.Loss("mill", new Percent(5_000))));
  }

  /** What a plant declares in whose oven each lot is on its own. */
  static Additions parallelOven() {
    return Additions.NONE
        .with(rules())
        .with(
            new Sharing(
                List.of(
                    new Sharing.Rule(
                        "oven", Optional.of(Sharing.Weight.MASS), true, Sharing.Share.MASS))));
  }

  private static PlantModel plant(Additions additions) {
    EmissionFactor grid =
        new EmissionFactor(
            "factor",
            BigDecimal.ONE,
            EmissionFactor.Unit.KWH,
            "1",
            "generation",
            "AR5",
            "test",
            "none");
    List<Scanner> scanners = new ArrayList<>();
    for (String station : List.of("mill", "oven")) {
      scanners.add(scanner(station, "receive", Scanner.Step.RECEIVE));
      scanners.add(scanner(station, "in", Scanner.Step.INPUT));
      scanners.add(scanner(station, "out", Scanner.Step.OUTPUT));
      scanners.add(bare(station, "hand", Scanner.Step.INPUT));
      scanners.add(bare(station, "ship", Scanner.Step.SHIP));
      scanners.add(bare(station, "pack", Scanner.Step.PACK));
      scanners.add(bare(station, "unpack", Scanner.Step.UNPACK));
      scanners.add(scanner(station, "scrap", Scanner.Step.SCRAP));
    }
    scanners.add(scanner("mill", "fill", Scanner.Step.FILL));
    scanners.add(scanner("mill", "draw", Scanner.Step.DRAW));
    scanners.add(
        new Scanner("mill-pour", "mill", Scanner.Step.FILL, Optional.empty(), Optional.empty()));
    Silo bin =
        new Silo(
            "bin",
            "The bin",
            POWDER,
            "mill",
            List.of(CAKE),
            Optional.of(kilograms(1_000)),
            List.of("mill-fill", "mill-draw", "mill-pour"));
    return new PlantModel(
        "plant",
        "Plant",
        "example.com",
        "UTC",
        true,
        List.of("agent"),
        PlantModel.Grid.of(grid),
        List.of(),
        List.of(
            new PlantModel.Workstation("mill", "Mill"), new PlantModel.Workstation("oven", "Oven")),
        List.of(
            meter("main", Optional.empty()),
            meter("oven-heat", Optional.of("oven")),
            meter("oven-fan", Optional.of("oven"))),
        scanners.stream().flatMap(scanner -> scanner.scale().stream()).toList(),
        scanners,
        List.of(material(ORE), material(POWDER), material(DUST), material(CAKE)),
        additions
            .withSilos(List.of(bin))
            .with(
                new FloorPlaces(
                    List.of(
                        bare("mill", "table", Scanner.Step.PACK),
                        bare("mill", "arch", Scanner.Step.INPUT),
                        bare("mill", "door", Scanner.Step.RECEIVE),
                        bare("oven", "gate", Scanner.Step.SHIP),
                        bare("oven", "arch", Scanner.Step.INPUT)),
                    true)));
  }

  private static Scanner scanner(String station, String name, Scanner.Step step) {
    String id = station + "-" + name;
    return new Scanner(id, station, step, Optional.of(id + "-scale"), Optional.empty());
  }

  private static Scanner bare(String station, String name, Scanner.Step step) {
    return new Scanner(
        station + "-" + name, station, step, Optional.empty(), Optional.of("customer"));
  }

  private static PlantModel.Meter meter(String id, Optional<String> station) {
    return new PlantModel.Meter(
        id,
        id,
        station.map(_ -> "main"),
        station.isEmpty() ? PlantModel.Meter.Role.GRID_IMPORT : PlantModel.Meter.Role.CONSUMPTION,
        station,
        "profile",
        "",
        "1",
        1_000_000);
  }

  private static PlantModel.Material material(String gtin) {
    return new PlantModel.Material(gtin, "material " + gtin, Optional.empty());
  }

  static LotId lot(String gtin, String number) {
    return LotId.ofLot(gtin, number);
  }

  /** A card, at noon and so many minutes. */
  Outcome card(long minute, String scanner, String card) {
    return text(NOON + minute * MINUTE, scanner, "", "TGM:" + card);
  }

  static ContainerId pallet(int number) {
    String digits = "0952000%010d".formatted(number);
    return ContainerId.ofSscc(digits + Gs1CheckDigit.of(digits));
  }

  static ContainerId tote(int number) {
    return ContainerId.ofGrai("0" + "952000000017" + Gs1CheckDigit.of("0952000000017") + number);
  }

  /** A unit's label. */
  Outcome unit(long minute, String scanner, ContainerId unit) {
    return text(NOON + minute * MINUTE, scanner, "C1", unit.path().replaceFirst("/", ""));
  }

  /** Returns the tag of a serialised item, an SGTIN-198. */
  static String epc(LotId item) {
    StringBuilder bits = bits(0x36, Long.parseLong(item.gtin().substring(1, 8)));
    append(bits, 20, Long.parseLong(item.gtin().charAt(0) + item.gtin().substring(8, 13)));
    item.number().chars().forEach(character -> append(bits, 7, character));
    return hex(bits, 208);
  }

  /** Returns the tag of a pallet or a tote, an SSCC-96 or a GRAI-96. */
  static String epc(ContainerId unit) {
    String number = unit.number();
    StringBuilder bits =
        bits(unit.isReturnable() ? 0x33 : 0x31, Long.parseLong(number.substring(1, 8)));
    if (unit.isReturnable()) {
      append(bits, 20, Long.parseLong(number.substring(8, 13)));
      append(bits, 38, Long.parseLong(number.substring(14)));
    } else {
      append(bits, 34, Long.parseLong(number.charAt(0) + number.substring(8, 17)));
    }
    return hex(bits, 96);
  }

  private static StringBuilder bits(int header, long prefix) {
    StringBuilder bits = new StringBuilder();
    append(bits, 8, header);
    append(bits, 3, 1);
    append(bits, 3, 5);
    append(bits, 24, prefix);
    return bits;
  }

  private static void append(StringBuilder bits, int width, long value) {
    String digits = Long.toBinaryString(value);
    bits.append("0".repeat(width - digits.length())).append(digits);
  }

  private static String hex(StringBuilder bits, int length) {
    bits.append("0".repeat(length - bits.length()));
    String hex = new BigInteger(bits.toString(), 2).toString(16);
    return "0".repeat(length / 4 - hex.length()) + hex;
  }

  /** Tags that a portal sees at once. */
  List<Outcome> tags(long minute, String portal, String... epcs) {
    return tagsAt(NOON + minute * MINUTE, portal, epcs);
  }

  List<Outcome> tagsAt(long millis, String portal, String... epcs) {
    return read(portal, Stream.of(epcs).map(epc -> tag(millis, epc)).toList());
  }

  /** Tags that a portal tells at once. */
  List<Outcome> read(String portal, List<Tag> tags) {
    return floor.tags(plant, leaf++, new Body.TagRead(portal, tags));
  }

  static Tag tag(long millis, String epc) {
    return new Tag(Content.of(HexFormat.of().parseHex(epc)), 1, -50, 0, millis, 2);
  }

  /** A lot's label without a weight. */
  Outcome label(long minute, String scanner, LotId lot) {
    return text(
        NOON + minute * MINUTE,
        scanner,
        "Q3",
        "01" + lot.gtin() + (lot.isSerialised() ? "21" : "10") + lot.number());
  }

  /** A lot's label, and its weight at once if one is wanted. */
  Outcome weighed(long minute, String scanner, LotId lot, long kilograms) {
    Outcome label = label(minute, scanner, lot);
    return label.text().startsWith("Waits") ? weight(minute, scanner, kilograms) : label;
  }

  Outcome weight(long minute, String scanner, long kilograms) {
    return milligrams(NOON + minute * MINUTE, scanner, kilograms * 1_000_000L);
  }

  /** A weight that was typed and approved for what waits at a scanner, if anything does. */
  Outcome typed(String scanner, long kilograms) {
    long scan =
        floor.state().pending().values().stream()
            .filter(step -> step.scanner().id().equals(scanner))
            .mapToLong(Step::leaf)
            .findFirst()
            .orElse(7);
    return typed(scanner, scan, kilograms);
  }

  Outcome typed(String scanner, long scan, long kilograms) {
    leaf += 2;
    return floor.typed(
        plant, new TypedWeight(scanner, scan, kilograms(kilograms), leaf - 2, "ann"));
  }

  Outcome milligrams(long millis, String scanner, long milligrams) {
    leaf++;
    return floor.weight(plant, new Body.Weight(scanner + "-scale", millis, new Mass(milligrams)));
  }

  Outcome text(long millis, String scanner, String symbology, String text) {
    return floor.scan(plant, leaf++, new Body.Scan(scanner, millis, symbology, text));
  }

  /** Goes on from the state as a snapshot keeps it. */
  void restart() {
    floor = new Floor(StateCodec.read(Floor.State.class, StateCodec.write(floor.state())));
  }

  static Mass kilograms(long kilograms) {
    return new Mass(kilograms * 1_000_000L);
  }

  static String code(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).code();
  }

  static List<String> found(Outcome outcome) {
    return outcome.findings().stream().map(Finding::code).toList();
  }

  static CustodyEvent event(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Happened.class);
    return outcome.events().getFirst();
  }
}
