package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Gwp;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Period;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Quantity;
import io.tracegram.ledger.evidence.statement.DeclaredFootprint.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes a supplier's footprint: the document, its hash, what it is for, what it says. */
final class FootprintCodec {
  private static final int ITEMS = 15;
  private static final int UNSIGNED_ITEMS = 4;
  private static final int SIGNED_ITEMS = 5;
  private static final int LOT = 64;

  private FootprintCodec() {}

  static void write(CborWriter out, Body.SupplierFootprint said) {
    out.array(said.signature().isPresent() ? SIGNED_ITEMS : UNSIGNED_ITEMS);
    BodyCodec.writeDocument(out, said.document());
    out.bytes(said.sha256().bytes()).text(said.lot());
    DeclaredFootprint declared = said.declared();
    out.array(ITEMS).text(declared.id()).integer(declared.active() ? 1 : 0);
    texts(out, declared.preceding());
    out.text(declared.company());
    texts(out, declared.companyIds());
    out.text(declared.product());
    texts(out, declared.gtins());
    out.integer(declared.per().unit().ordinal());
    decimal(out, declared.per().amount());
    decimal(out, declared.per().unitKilograms());
    decimal(out, declared.kilograms());
    decimal(out, declared.primaryPercent());
    period(out, declared.valid());
    period(out, declared.reference());
    out.array(declared.gwp().size());
    declared.gwp().forEach(set -> out.integer(set.ordinal()));
    said.signature().ifPresent(signature -> signature.write(out));
  }

  static Body.SupplierFootprint read(CborReader in) {
    int all = in.array(SIGNED_ITEMS);
    if (all < UNSIGNED_ITEMS) {
      throw new MalformedException("a footprint of " + all + " items", in.position());
    }
    Document document = BodyCodec.readDocument(in);
    Hash sha256 = BodyCodec.hash(in);
    String lot = in.text(LOT);
    in.arrayOf(ITEMS);
    try {
      DeclaredFootprint declared =
          new DeclaredFootprint(
              in.text(DeclaredFootprint.MAX_TEXT),
              in.integer(0, 1) == 1,
              texts(in, DeclaredFootprint.MOST_PRECEDING),
              in.text(DeclaredFootprint.MAX_TEXT),
              texts(in, DeclaredFootprint.MOST_COMPANY_IDS),
              in.text(DeclaredFootprint.MAX_TEXT),
              texts(in, DeclaredFootprint.MOST_GTINS),
              new Quantity(
                  Unit.values()[(int) in.integer(0, Unit.values().length - 1)],
                  decimal(in),
                  decimal(in)),
              decimal(in),
              decimal(in),
              period(in),
              period(in),
              sets(in));
      return new Body.SupplierFootprint(
          document,
          sha256,
          lot,
          declared,
          all == SIGNED_ITEMS ? Optional.of(SupplierSignature.read(in)) : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new MalformedException("footprint: " + e.getMessage(), in.position());
    }
  }

  private static List<Gwp> sets(CborReader in) {
    int count = in.array(Gwp.values().length);
    List<Gwp> sets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int least = sets.isEmpty() ? 0 : sets.getLast().ordinal() + 1;
      sets.add(Gwp.values()[(int) in.integer(least, Gwp.values().length - 1)]);
    }
    return sets;
  }

  private static void texts(CborWriter out, List<String> texts) {
    out.array(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(CborReader in, int most) {
    int count = in.array(most);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(in.text(DeclaredFootprint.MAX_TEXT));
    }
    return texts;
  }

  private static void decimal(CborWriter out, BigDecimal value) {
    out.array(2).integer(value.unscaledValue().longValueExact()).integer(value.scale());
  }

  private static BigDecimal decimal(CborReader in) {
    in.arrayOf(2);
    return BigDecimal.valueOf(in.integer(), (int) in.integer(0, DeclaredFootprint.MAX_DIGITS));
  }

  private static void period(CborWriter out, Period period) {
    out.array(2).integer(period.fromMillis()).integer(period.toMillis());
  }

  private static Period period(CborReader in) {
    in.arrayOf(2);
    return new Period(in.integer(0, BodyCodec.MAX_TIME), in.integer(0, BodyCodec.MAX_TIME));
  }
}
