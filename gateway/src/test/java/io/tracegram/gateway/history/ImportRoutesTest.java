package io.tracegram.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that do not go through, on real sockets. */
class ImportRoutesTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String FILE = "time,main\n2018-01-01T00:00:00Z,1\n2018-01-01T00:15:00Z,2\n";
  private static final int ANNOUNCED = 5_000;

  private final HistoryGateway gateway;

  ImportRoutesTest(@TempDir Path directory) throws IOException {
    gateway = new HistoryGateway(directory, HistoryGateway.FILES_ALONE);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @Test
  void oneFileAtATimeAndADroppedUploadLeavesNothingBehind() throws Exception {
    long leaves = gateway.gateway().log().size();
    try (Socket half = halfAnUpload()) {
      assertThat(half.isConnected()).isTrue();

      HttpResponse<String> meanwhile = gateway.post(BodyPublishers.ofString(FILE));

      refused(meanwhile, 409, "One file is imported at a time. Try again");
    }
    await().atMost(SOON).until(() -> gateway.filesHeld() == 0);
    assertThat(gateway.gateway().log().size()).isEqualTo(leaves);

    assertSoonImported();
  }

  @Test
  void anUploadThatIsResetLeavesNothingBehind() throws Exception {
    long leaves = gateway.gateway().log().size();
    try (Socket half = halfAnUpload()) {
      half.setSoLinger(true, 0);
    }
    await().atMost(SOON).until(() -> gateway.filesHeld() == 0);
    assertThat(gateway.gateway().log().size()).isEqualTo(leaves);

    assertSoonImported();
  }

  @Test
  void aFileThatSaysItIsTooLargeIsRefusedBeforeItIsSent() throws Exception {
    byte[] large = large();

    refused(gateway.post(BodyPublishers.ofByteArray(large)), 413, "at most 100000 bytes. Split");

    assertThat(gateway.filesHeld()).isZero();
    assertSoonImported();
  }

  @Test
  void aFileThatTurnsOutTooLargeIsRefusedAndNothingOfItIsImported() throws Exception {
    long leaves = gateway.gateway().log().size();
    HttpRequest.BodyPublisher unannounced =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large()));

    refused(gateway.post(unannounced), 413, "at most 100000 bytes. Split");

    await().atMost(SOON).until(() -> gateway.filesHeld() == 0);
    assertThat(gateway.gateway().log().size()).isEqualTo(leaves);
    assertSoonImported();
  }

  private void assertSoonImported() {
    // the desk is free a moment after the file is gone
    JsonNode state =
        await()
            .atMost(SOON)
            .ignoreExceptionsMatching(AssertionError.class::isInstance)
            .until(() -> gateway.imported(FILE), done -> true);
    assertThat(state.path("state").asText()).as(state.toString()).isEqualTo("done");
    assertThat(state.path("result").path("suppliedKwh").asText()).isEqualTo("3");
  }

  private Socket halfAnUpload() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    String request =
        "POST /api/v1/imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/csv\r\n"
            + "Content-Length: "
            + ANNOUNCED
            + "\r\n\r\n"
            + FILE;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    await().atMost(SOON).until(() -> gateway.filesHeld() == 1);
    return socket;
  }

  private static byte[] large() {
    StringBuilder text = new StringBuilder(FILE);
    while (text.length() <= 3 * HistoryGateway.MAX_BYTES) {
      text.append("2018-01-01T00:30:00Z,1\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void refused(HttpResponse<String> answer, int status, String because) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Json.parse(answer.body()).path("detail").asText()).contains(because);
  }
}
