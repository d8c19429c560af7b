package io.tracegram.cloud.audit;

import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.runtime.epcis.ProjectedLog;
import java.util.List;

/** A mirrored log, of which only what its audit found right counts. Thread-safe. */
record AuditedLog(MirroredLog log, FacilityAudit audit) implements ProjectedLog {
  @Override
  public String origin() {
    return log.origin();
  }

  @Override
  public long size() {
    return log.size();
  }

  @Override
  public Trusted trusted() {
    AuditState state = audit.state();
    return new Trusted(state.auditedSize(), state.verdict() instanceof AuditState.Verdict.Failed);
  }

  @Override
  public Hash root(long size) {
    return log.root(size);
  }

  @Override
  public List<byte[]> entries(long from, long to) {
    return log.entries(from, to);
  }
}
