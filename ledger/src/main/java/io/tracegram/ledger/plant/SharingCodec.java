package io.tracegram.ledger.plant;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import java.util.Optional;

/** The one encoding of {@link Sharing}. Stateless. */
final class SharingCodec {
  private SharingCodec() {}

  static void write(CborWriter out, Sharing sharing) {
    PlantModelCodec.list(out, sharing.rules(), SharingCodec::rule);
  }

  static Sharing read(CborReader in) {
    return new Sharing(PlantModelCodec.list(in, SharingCodec::rule));
  }

  /** A weight is written as one more than its ordinal, none as 0. */
  private static void rule(CborWriter out, Sharing.Rule rule) {
    out.array(4)
        .text(rule.workstation())
        .integer(rule.weight().map(weight -> weight.ordinal() + 1).orElse(0))
        .integer(rule.parallel() ? 1 : 0)
        .integer(rule.products().ordinal());
  }

  private static Sharing.Rule rule(CborReader in) {
    in.arrayOf(4);
    String workstation = in.text(PlantModelCodec.TEXT);
    int weight = (int) in.integer(0, Sharing.Weight.values().length);
    return new Sharing.Rule(
        workstation,
        weight == 0 ? Optional.empty() : Optional.of(Sharing.Weight.values()[weight - 1]),
        in.integer(0, 1) == 1,
        Sharing.Share.values()[(int) in.integer(0, Sharing.Share.values().length - 1)]);
  }
}
