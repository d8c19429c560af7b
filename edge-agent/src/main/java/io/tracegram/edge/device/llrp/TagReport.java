package io.tracegram.edge.device.llrp;

import io.tracegram.ledger.evidence.statement.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reader tells of one tag. Immutable.
 *
 * @param epc of any length, the last byte filled up with zeros
 * @param antenna 0 if it was not told
 * @param rssiDbm {@value #WEAKEST} if it was not told
 * @param firstSeenMicros by the reader's clock, µs since 1970 UTC; 0 if it has none
 * @param count ≥ 1
 */
record TagReport(Content epc, int antenna, int rssiDbm, long firstSeenMicros, int count) {
  static final int WEAKEST = -128;

  private static final int TAG_REPORT_DATA = 240;
  private static final int EPC_DATA = 241;

  /** Reads the tags of a report; other parameters, such as a vendor's, are skipped. */
  static List<TagReport> readAll(Fields report) throws LlrpException {
    List<TagReport> tags = new ArrayList<>();
    while (!report.isEmpty()) {
      Fields.Parameter parameter = report.parameter();
      if (parameter.type() == TAG_REPORT_DATA) {
        tags.add(read(parameter.fields()));
      }
    }
    return tags;
  }

  private static TagReport read(Fields fields) throws LlrpException {
    Optional<Content> epc = Optional.empty();
    int antenna = 0;
    int rssi = WEAKEST;
    long first = 0;
    int count = 1;
    while (!fields.isEmpty()) {
      Fields.Parameter parameter = fields.parameter();
      switch (parameter.type()) {
        case TvParameters.EPC_96 -> epc = Optional.of(parameter.fields().bytes(12));
        case EPC_DATA -> epc = Optional.of(epcData(parameter.fields()));
        case TvParameters.ANTENNA -> antenna = parameter.fields().u16();
        case TvParameters.PEAK_RSSI -> rssi = parameter.fields().s8();
        case TvParameters.FIRST_SEEN_UTC -> first = parameter.fields().u63();
        case TvParameters.SEEN_COUNT -> count = Math.max(1, parameter.fields().u16());
        default -> {
          // of no use to us
        }
      }
    }
    if (epc.isEmpty()) {
      throw LlrpException.malformed("a tag without an EPC");
    }
    return new TagReport(epc.get(), antenna, rssi, first, count);
  }

  private static Content epcData(Fields fields) throws LlrpException {
    int bits = fields.u16();
    return fields.bytes(Math.ceilDiv(bits, 8));
  }

  /** Returns one report of two of the same tag, with the stronger signal and its antenna. */
  TagReport with(TagReport later) {
    boolean stronger = later.rssiDbm > rssiDbm;
    return new TagReport(
        epc,
        stronger ? later.antenna : antenna,
        stronger ? later.rssiDbm : rssiDbm,
        Math.min(firstSeenMicros, later.firstSeenMicros),
        (int) Math.min(Integer.MAX_VALUE, (long) count + later.count));
  }
}
