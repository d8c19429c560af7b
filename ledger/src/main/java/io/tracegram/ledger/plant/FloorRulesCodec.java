package io.tracegram.ledger.plant;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import java.util.Optional;

/** The one encoding of {@link FloorRules}. Stateless. */
final class FloorRulesCodec {
  private FloorRulesCodec() {}

  static void write(CborWriter out, FloorRules rules) {
    out.array(2);
    PlantModelCodec.list(out, rules.materials(), FloorRulesCodec::material);
    PlantModelCodec.list(out, rules.losses(), FloorRulesCodec::loss);
  }

  static FloorRules read(CborReader in) {
    in.arrayOf(2);
    return new FloorRules(
        PlantModelCodec.list(in, FloorRulesCodec::material),
        PlantModelCodec.list(in, FloorRulesCodec::loss));
  }

  private static void material(CborWriter out, FloorRules.MaterialRule rule) {
    out.array(3).text(rule.gtin()).integer(rule.waste() ? 1 : 0);
    out.array(rule.band().isPresent() ? 2 : 0);
    rule.band()
        .ifPresent(
            band -> out.integer(band.low().thousandths()).integer(band.high().thousandths()));
  }

  private static FloorRules.MaterialRule material(CborReader in) {
    in.arrayOf(3);
    String gtin = in.text(PlantModelCodec.TEXT);
    boolean waste = in.integer(0, 1) == 1;
    return new FloorRules.MaterialRule(gtin, band(in), waste);
  }

  private static Optional<FloorRules.Band> band(CborReader in) {
    int ends = in.array(2);
    if (ends == 1) {
      throw new MalformedException("a band has two ends", in.position());
    }
    return ends == 0
        ? Optional.empty()
        : Optional.of(new FloorRules.Band(percent(in), percent(in)));
  }

  private static void loss(CborWriter out, FloorRules.Loss loss) {
    out.array(2).text(loss.workstation()).integer(loss.percent().thousandths());
  }

  private static FloorRules.Loss loss(CborReader in) {
    in.arrayOf(2);
    return new FloorRules.Loss(in.text(PlantModelCodec.TEXT), percent(in));
  }

  private static FloorRules.Percent percent(CborReader in) {
    return new FloorRules.Percent((int) in.integer(0, FloorRules.Percent.MOST));
  }
}
