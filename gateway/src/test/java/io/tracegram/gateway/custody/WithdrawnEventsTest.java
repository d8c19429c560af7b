package io.tracegram.gateway.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tracegram.gateway.dashboard.SamplePlant;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.runtime.epcis.ProjectedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events stand and fall with the leaves that say them. */
class WithdrawnEventsTest {
  private static final String EVENTS = "/epcisBody/queryResults/resultsBody/eventList";

  /** A log whose auditor changes its mind. */
  private static final class Audited implements ProjectedLog {
    private final ProjectedLog log;
    volatile Trusted verdict;

    Audited(ProjectedLog log, Trusted verdict) {
      this.log = log;
      this.verdict = verdict;
    }

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
      return verdict;
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

  @Test
  void whatAnAuditFindsWrongIsShownNoMoreAndComesBackWhenItIsFoundRight(@TempDir Path data)
      throws Exception {
    // the plant model, then four events
    ProjectedLog.Trusted all = new ProjectedLog.Trusted(5, false);
    List<Audited> logs = new ArrayList<>();
    UnaryOperator<ProjectedLog> audited =
        log -> {
          logs.add(new Audited(log, all));
          return logs.getFirst();
        };
    try (CustodySite site = new CustodySite(data, audited, SamplePlant.atAfternoon().events())) {
      Audited log = logs.getFirst();
      List<String> ids = ids(site);
      assertThat(ids).hasSize(4);

      log.verdict = new ProjectedLog.Trusted(3, false);
      site.grown();
      log.verdict = new ProjectedLog.Trusted(3, true);
      site.grown();
      await().until(() -> ids(site).size() == 2);
      assertThat(ids).containsAll(ids(site));
      assertThat(site.answer().path("tracegram:asOf").asLong()).isEqualTo(3);

      log.verdict = all;
      site.grown();
      await().until(() -> ids(site).size() == 4);
      assertThat(ids(site)).isEqualTo(ids);
    }
  }

  private static List<String> ids(CustodySite site) throws Exception {
    return site.answer().at(EVENTS).findValuesAsText("eventID");
  }
}
