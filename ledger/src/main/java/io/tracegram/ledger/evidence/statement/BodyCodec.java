package io.tracegram.ledger.evidence.statement;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.quantity.Mass;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads bodies as CBOR arrays; readings are columns of differences. */
final class BodyCodec {
  private static final int ID = Statement.MAX_ID_LENGTH;
  private static final int MAX_SERIES = 256;
  private static final int MAX_READINGS = 4_096; // of all series together
  private static final long MAX_MASS = 1_000_000_000_000L; // 1,000 t in mg
  private static final long MAX_RESOLUTION = 1_000_000_000L; // 1 MWh in mWh
  private static final int MAX_TEXT = 1_024;
  static final int MAX_CONTENT = 60_000;
  private static final int MAX_PARTS = Math.ceilDiv(Document.MAX_LENGTH, MAX_CONTENT);
  private static final long MAX_VALUE = 1L << 53; // 9 TWh in mWh: no register comes near
  static final long MAX_TIME = 253_402_300_800_000L; // year 10000

  private BodyCodec() {}

  /** Writes content that {@link #read} takes back; what it would refuse is not signed either. */
  private static byte[] content(Content content) {
    if (content.length() > MAX_CONTENT) {
      throw new IllegalArgumentException(
          "content of " + content.length() + " bytes is beyond " + MAX_CONTENT);
    }
    return content.bytes();
  }

  static void write(CborWriter out, Body body) {
    switch (body) {
      case Body.Readings readings -> writeSeries(out, readings.series());
      case Body.Weight weight ->
          out.array(3)
              .text(weight.scale())
              .integer(weight.measuredMillis())
              .integer(weight.mass().milligrams());
      case Body.Scan scan ->
          out.array(4)
              .text(scan.scanner())
              .integer(scan.scannedMillis())
              .text(scan.symbology())
              .text(scan.text());
      case Body.TagRead read -> TagCodec.write(out, read);
      case Body.Gap gap ->
          out.array(3).integer(gap.first()).integer(gap.last()).bytes(gap.lastHash().bytes());
      case Body.Heartbeat() -> out.array(0);
      case Body.DeviceStatus status ->
          out.array(6)
              .text(status.device())
              .integer(status.state().ordinal())
              .text(status.code())
              .text(status.reason())
              .integer(status.sinceMillis())
              .integer(status.count());
      case Body.Calculator calculator -> out.array(1).integer(calculator.version());
      case Body.KeyRegistered registered ->
          out.array(4)
              .integer(registered.role().ordinal())
              .text(registered.holder())
              .integer(registered.key().algorithm().cose())
              .bytes(registered.key().encoded());
      case Body.PlantModelDeclared plant -> writeDocument(out, plant.document());
      case Body.FactorSetDeclared set -> writeDocument(out, set.document());
      case Body.Imported imported -> {
        out.array(3).bytes(imported.file().bytes()).text(imported.person());
        writeSeries(out, imported.series());
      }
      case Body.ManualEntry entry -> ManualEntryCodec.write(out, entry);
      case Body.Approval approval -> out.array(2).text(approval.person()).integer(approval.entry());
      case Body.PeriodClose close ->
          out.array(2).integer(close.fromMillis()).integer(close.throughMillis());
      case Body.IntervalClose close -> out.array(1).integer(close.throughMillis());
      case Body.LotPassport passport ->
          out.array(2).bytes(content(passport.leaf())).bytes(content(passport.proof()));
      case Body.SupplierFootprint footprint -> FootprintCodec.write(out, footprint);
      case Body.MaterialClaimed claimed -> ClaimCodec.write(out, claimed);
      case Body.ClaimWithdrawn withdrawn -> WithdrawalCodec.write(out, withdrawn);
      case Body.EpcisCapture capture -> CaptureCodec.write(out, capture);
      case Body.Part part ->
          out.array(4)
              .bytes(part.whole().bytes())
              .integer(part.number())
              .integer(part.count())
              .bytes(content(part.content()));
      case Body.Derived derived ->
          out.array(3)
              .integer(derived.cause())
              .integer(derived.ordinal())
              .bytes(content(derived.content()));
      case Body.ProductDeclared declared -> DeclarationCodec.write(out, declared);
    }
  }

  static Body read(CborReader in, Kind kind) {
    return switch (kind) {
      case READINGS -> new Body.Readings(readSeries(in));
      case WEIGHT -> {
        in.arrayOf(3);
        yield new Body.Weight(in.text(ID), time(in), new Mass(in.integer(-MAX_MASS, MAX_MASS)));
      }
      case SCAN -> {
        in.arrayOf(4);
        yield new Body.Scan(in.text(ID), time(in), in.text(3), in.text(MAX_TEXT));
      }
      case TAG_READ -> TagCodec.read(in);
      case GAP -> {
        in.arrayOf(3);
        long first = in.integer(1, Long.MAX_VALUE);
        yield new Body.Gap(first, in.integer(first, Long.MAX_VALUE), hash(in));
      }
      case HEARTBEAT -> {
        in.arrayOf(0);
        yield new Body.Heartbeat();
      }
      case DEVICE_STATUS -> {
        in.arrayOf(6);
        yield new Body.DeviceStatus(
            in.text(ID),
            Body.DeviceStatus.State.values()[(int) in.integer(0, 2)],
            in.text(ID),
            in.text(MAX_TEXT),
            time(in),
            in.integer(1, Long.MAX_VALUE));
      }
      case CALCULATOR -> {
        in.arrayOf(1);
        yield new Body.Calculator((int) in.integer(1, Integer.MAX_VALUE));
      }
      case KEY_REGISTERED -> readKeyRegistered(in);
      case PLANT_MODEL -> new Body.PlantModelDeclared(readDocument(in));
      case FACTOR_SET -> new Body.FactorSetDeclared(readDocument(in));
      case SUPPLIER_FOOTPRINT -> FootprintCodec.read(in);
      case MATERIAL_CLAIM -> ClaimCodec.read(in);
      case CLAIM_WITHDRAWAL -> WithdrawalCodec.read(in);
      case EPCIS_CAPTURE -> CaptureCodec.read(in);
      case IMPORTED -> {
        in.arrayOf(3);
        yield new Body.Imported(hash(in), in.text(ID), readSeries(in));
      }
      case MANUAL_ENTRY -> ManualEntryCodec.read(in);
      case APPROVAL -> {
        in.arrayOf(2);
        yield new Body.Approval(in.text(ID), in.integer(0, Long.MAX_VALUE));
      }
      case PERIOD_CLOSE -> {
        in.arrayOf(2);
        yield new Body.PeriodClose(time(in), time(in));
      }
      case INTERVAL_CLOSE -> {
        in.arrayOf(1);
        yield new Body.IntervalClose(time(in));
      }
      case LOT_PASSPORT -> {
        in.arrayOf(2);
        yield new Body.LotPassport(
            Content.of(in.bytes(MAX_CONTENT)), Content.of(in.bytes(MAX_CONTENT)));
      }
      case PART -> {
        in.arrayOf(4);
        Hash whole = hash(in);
        int number = (int) in.integer(0, MAX_PARTS - 1);
        int count = (int) in.integer(Math.max(2, number + 1), MAX_PARTS);
        yield new Body.Part(whole, number, count, Content.of(in.bytes(MAX_CONTENT)));
      }
      case DECLARATION -> DeclarationCodec.read(in);
      case CUSTODY_EVENT, ACCOUNT -> {
        in.arrayOf(3);
        yield new Body.Derived(
            kind,
            in.integer(0, Long.MAX_VALUE),
            (int) in.integer(0, Integer.MAX_VALUE),
            Content.of(in.bytes(MAX_CONTENT)));
      }
    };
  }

  static void writeDocument(CborWriter out, Document document) {
    switch (document) {
      case Document.Inline(Content content) -> out.array(1).bytes(content(content));
      case Document.Parts(Hash sha256, int length) ->
          out.array(2).bytes(sha256.bytes()).integer(length);
    }
  }

  private static void writeSeries(CborWriter out, List<Series> all) {
    out.array(all.size());
    for (Series series : all) {
      out.array(6)
          .text(series.meter())
          .integer(series.register().number())
          .text(series.serial())
          .integer(series.resolution());
      out.array(series.readings().size());
      long before = 0;
      for (Reading reading : series.readings()) {
        out.integer(Math.subtractExact(reading.measuredMillis(), before));
        before = reading.measuredMillis();
      }
      out.array(series.readings().size());
      before = 0;
      for (Reading reading : series.readings()) {
        out.integer(Math.subtractExact(reading.value(), before));
        before = reading.value();
      }
    }
  }

  private static List<Series> readSeries(CborReader in) {
    int count = in.array(MAX_SERIES);
    List<Series> all = new ArrayList<>(count);
    int left = MAX_READINGS;
    for (int s = 0; s < count; s++) {
      in.arrayOf(6);
      String meter = in.text(ID);
      Register register = Register.of(in.integer());
      String serial = in.text(ID);
      long resolution = in.integer(1, MAX_RESOLUTION);
      long[] times = differences(in, left);
      long[] values = differences(in, left);
      left -= times.length;
      if (times.length != values.length || times.length == 0) {
        throw new MalformedException(
            "series of " + meter + ": as many values as times, at least 1");
      }
      List<Reading> readings = new ArrayList<>(times.length);
      for (int i = 0; i < times.length; i++) {
        if (times[i] < 0
            || times[i] > MAX_TIME
            || values[i] > MAX_VALUE
            || values[i] < -MAX_VALUE) {
          throw new MalformedException("series of " + meter + ": a time or value out of range");
        }
        readings.add(new Reading(times[i], values[i]));
      }
      all.add(new Series(meter, register, serial, resolution, readings));
    }
    return all;
  }

  private static long[] differences(CborReader in, int max) {
    long[] values = new long[in.array(max)];
    long before = 0;
    for (int i = 0; i < values.length; i++) {
      try {
        before = Math.addExact(before, in.integer());
      } catch (ArithmeticException e) {
        throw new MalformedException("differences add up beyond 63 bits", in.position());
      }
      values[i] = before;
    }
    return values;
  }

  private static Body.KeyRegistered readKeyRegistered(CborReader in) {
    in.arrayOf(4);
    KeyRole role = KeyRole.values()[(int) in.integer(0, KeyRole.values().length - 1)];
    String holder = in.text(256);
    long cose = in.integer();
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.cose() == cose) {
        return new Body.KeyRegistered(role, holder, PublicKey.of(algorithm, in.bytes(128)));
      }
    }
    throw new MalformedException("unknown key algorithm " + cose);
  }

  static Document readDocument(CborReader in) {
    int items = in.array(2);
    if (items == 1) {
      return new Document.Inline(Content.of(in.bytes(MAX_CONTENT)));
    }
    if (items == 0) {
      throw new MalformedException("a document is its bytes, or hash and length", in.position());
    }
    return new Document.Parts(hash(in), (int) in.integer(MAX_CONTENT + 1, Document.MAX_LENGTH));
  }

  private static long time(CborReader in) {
    return in.integer(0, MAX_TIME);
  }

  static Hash hash(CborReader in) {
    byte[] bytes = in.bytes(Hash.LENGTH);
    if (bytes.length != Hash.LENGTH) {
      throw new MalformedException("expected 32 bytes of hash", in.position());
    }
    return Hash.of(bytes);
  }
}
