package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.energy.Slice;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.lot.Cell;
import io.tracegram.ledger.quantity.Co2e;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes and reads what a {@link FacilityInterval} adds to the head of an account. Stateless. */
final class FacilityIntervalCodec {
  static final int TEXT = 256;
  static final int ITEMS = 4_096;

  /** Names of several factors, their edition and a method. */
  private static final int FACTORS = 2_048;

  private static final int UNKNOWN = 1;
  private static final int ESTIMATED = 2;

  private FacilityIntervalCodec() {}

  static void write(CborWriter out, FacilityInterval interval) {
    out.integer(interval.startMillis());
    revision(out, interval.revision());
    out.integer(interval.headline().ordinal());
    out.array(interval.postings().size());
    interval.postings().forEach(posting -> posting(out, posting));
    out.array(interval.entries().size());
    for (Entry entry : interval.entries()) {
      out.array(5)
          .text(entry.carrier())
          .text(entry.node())
          .integer(entry.cell().kind().ordinal())
          .text(entry.cell().order())
          .integer(entry.amount());
    }
    out.array(interval.meters().size());
    interval.meters().forEach(meter -> meter(out, meter));
    out.array(interval.marks().size());
    for (Mark mark : interval.marks()) {
      out.array(2).text(mark.node()).integer(mark.kind().ordinal());
    }
  }

  static FacilityInterval read(CborReader in) {
    long start = in.integer(0, Long.MAX_VALUE - IntervalAccount.LENGTH_MILLIS);
    Revision revision = revision(in);
    Basis headline = basis(in);
    List<Posting> postings = list(in, FacilityIntervalCodec::posting);
    List<Entry> entries = list(in, FacilityIntervalCodec::entry);
    List<MeterSlice> meters = list(in, FacilityIntervalCodec::meter);
    List<Mark> marks = list(in, FacilityIntervalCodec::mark);
    for (int i = 1; i < entries.size(); i++) {
      if (Entry.CANONICAL.compare(entries.get(i - 1), entries.get(i)) >= 0) {
        throw new MalformedException("entries are not in their order", in.position());
      }
    }
    return new FacilityInterval(start, revision, headline, postings, entries, meters, marks);
  }

  static void revision(CborWriter out, Revision revision) {
    out.array(3).integer(revision.number()).integer(revision.previous()).integer(revision.cause());
  }

  static Revision revision(CborReader in) {
    in.arrayOf(3);
    return new Revision(
        (int) in.integer(0, Integer.MAX_VALUE),
        in.integer(-1, Long.MAX_VALUE),
        in.integer(-1, Long.MAX_VALUE));
  }

  static void posting(CborWriter out, Posting posting) {
    out.array(6)
        .text(posting.source())
        .text(posting.carrier())
        .integer(posting.scope().ordinal())
        .integer(posting.amount())
        .integer(posting.biogenic().micrograms());
    out.array(posting.prices().size());
    for (Price price : posting.prices()) {
      out.array(4)
          .integer(price.basis().ordinal())
          .integer((price.co2e().isEmpty() ? UNKNOWN : 0) + (price.estimated() ? ESTIMATED : 0))
          .integer(price.co2e().orElse(Co2e.ZERO).micrograms())
          .text(price.factor());
    }
  }

  static Posting posting(CborReader in) {
    in.arrayOf(6);
    return new Posting(
        in.text(TEXT),
        in.text(TEXT),
        Scope.values()[(int) in.integer(0, 1)],
        in.integer(),
        new Co2e(in.integer()),
        list(in, FacilityIntervalCodec::price));
  }

  private static Price price(CborReader in) {
    in.arrayOf(4);
    Basis basis = basis(in);
    long flags = in.integer(0, UNKNOWN + ESTIMATED);
    long micrograms = in.integer();
    boolean unknown = (flags & UNKNOWN) != 0;
    if (unknown && micrograms != 0) {
      throw new MalformedException("an unknown price has no amount", in.position());
    }
    return new Price(
        basis,
        unknown ? Optional.empty() : Optional.of(new Co2e(micrograms)),
        in.text(FACTORS),
        (flags & ESTIMATED) != 0);
  }

  private static Entry entry(CborReader in) {
    in.arrayOf(5);
    return new Entry(
        in.text(TEXT),
        in.text(TEXT),
        new Cell(Cell.Kind.values()[(int) in.integer(0, 3)], in.text(TEXT)),
        in.integer(0, Long.MAX_VALUE));
  }

  /** A register that was read all the time takes two numbers, any other nine. */
  private static void meter(CborWriter out, MeterSlice meter) {
    Slice slice = meter.slice();
    boolean measured = slice.measuredMillis() == IntervalAccount.LENGTH_MILLIS;
    out.array(measured && slice.imported() == 0 ? 5 : 12)
        .text(meter.meter())
        .integer(meter.export() ? 1 : 0)
        .integer(meter.firstLeaf())
        .integer(meter.lastLeaf() - meter.firstLeaf())
        .integer(slice.measured());
    if (!measured || slice.imported() != 0) {
      out.integer(slice.interpolated())
          .integer(slice.estimated())
          .integer(slice.imported())
          .integer(slice.unknownUpTo())
          .integer(slice.measuredMillis())
          .integer(slice.interpolatedMillis())
          .integer(slice.estimatedMillis());
    }
  }

  private static MeterSlice meter(CborReader in) {
    int items = in.array(12);
    if (items != 5 && items != 12) {
      throw new MalformedException("a meter's slice has 5 or 12 items", in.position());
    }
    String meter = in.text(TEXT);
    boolean export = in.integer(0, 1) == 1;
    long first = in.integer(-1, Long.MAX_VALUE);
    long last = Math.addExact(first, in.integer(0, Long.MAX_VALUE));
    long measured = in.integer();
    long whole = IntervalAccount.LENGTH_MILLIS;
    if (items == 5) {
      return new MeterSlice(
          meter, export, new Slice(measured, 0, 0, 0, 0, whole, 0, 0, 0), first, last);
    }
    long interpolated = in.integer();
    long estimated = in.integer();
    long imported = in.integer();
    long unknown = in.integer();
    long measuredMillis = in.integer(0, whole);
    long interpolatedMillis = in.integer(0, whole - measuredMillis);
    long estimatedMillis = in.integer(0, whole - measuredMillis - interpolatedMillis);
    return new MeterSlice(
        meter,
        export,
        new Slice(
            measured,
            interpolated,
            estimated,
            imported,
            unknown,
            measuredMillis,
            interpolatedMillis,
            estimatedMillis,
            whole - measuredMillis - interpolatedMillis - estimatedMillis),
        first,
        last);
  }

  private static Mark mark(CborReader in) {
    in.arrayOf(2);
    return new Mark(
        in.text(TEXT), Mark.Kind.values()[(int) in.integer(0, Mark.Kind.values().length - 1)]);
  }

  static Basis basis(CborReader in) {
    return Basis.values()[(int) in.integer(0, Basis.values().length - 1)];
  }

  static <T> List<T> list(CborReader in, Function<CborReader, T> read) {
    int count = in.array(ITEMS);
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(read.apply(in));
    }
    return items;
  }
}
