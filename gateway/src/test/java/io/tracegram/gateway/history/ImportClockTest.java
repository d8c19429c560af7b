package io.tracegram.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.gateway.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import says nothing of the gateway's clock. */
class ImportClockTest {
  private static final long HOUR = 3_600_000L;
  private static final String FILE = "time,main\n2018-01-01T00:00:00Z,1\n2018-01-01T00:15:00Z,2\n";
  private static final String WITH_A_SCANNER =
      HistoryGateway.FILES_ALONE
          + """
          workstations: [{id: dock, name: Dock}]
          scales: [{id: scale, profile: mettler-toledo/mt-sics, address: "tcp://127.0.0.1:1"}]
          scanners:
            - {id: in, workstation: dock, step: receive, scale: scale, address: "tcp://127.0.0.1:2"}
          """;

  private final Path directory;

  ImportClockTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void whereAllComesFromFilesNobodyHasToConfirmTheClockAndNoImportDoes() throws Exception {
    try (HistoryGateway gateway = new HistoryGateway(directory, HistoryGateway.FILES_ALONE)) {
      assertAccounted(gateway.imported(FILE));
      assertThat(gateway.gateway().clockAgreement().holds()).isFalse();
    }
  }

  @Test
  void aClockThatSomebodyContradictsClosesNothingUntilTheyAgree() throws Exception {
    try (HistoryGateway gateway = new HistoryGateway(directory, HistoryGateway.FILES_ALONE)) {
      gateway.gateway().clockAgreement().heard(System.currentTimeMillis() + HOUR);
      assertWaiting(gateway, gateway.imported(FILE));

      gateway.gateway().clockAgreement().heard(System.currentTimeMillis());
      assertAccounted(gateway.imported(FILE));
      assertThat(gateway.gateway().problems().list()).allMatch(Problem::cleared);
    }
  }

  @Test
  void whereAgentsReportAnImportWaitsUntilOneConfirmsTheClock() throws Exception {
    try (HistoryGateway gateway = new HistoryGateway(directory, WITH_A_SCANNER)) {
      assertWaiting(gateway, gateway.imported(FILE));

      gateway.gateway().clockAgreement().heard(System.currentTimeMillis());
      assertAccounted(gateway.imported(FILE));
    }
  }

  private static void assertWaiting(HistoryGateway gateway, JsonNode state) throws IOException {
    assertThat(state.path("state").asText()).as(state.toString()).isEqualTo("done");
    assertThat(state.path("notes").toString()).contains("not all of it is accounted yet");
    assertThat(state.path("result").path("suppliedKwh").asText()).isEqualTo("0");
    assertThat(gateway.gateway().problems().list())
        .extracting(Problem::code)
        .containsExactly("clock.doubted");
  }

  private static void assertAccounted(JsonNode state) {
    assertThat(state.path("state").asText()).as(state.toString()).isEqualTo("done");
    assertThat(state.path("notes").toString()).doesNotContain("not all of it is accounted yet");
    assertThat(state.path("result").path("suppliedKwh").asText()).isEqualTo("3");
  }
}
