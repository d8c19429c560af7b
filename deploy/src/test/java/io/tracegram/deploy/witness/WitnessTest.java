package io.tracegram.deploy.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.Frontier;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.replication.AddCheckpointRequest;
import io.tracegram.ledger.evidence.replication.OriginHash;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.runtime.key.KeyFiles;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness over a real socket. */
class WitnessTest {
  private static final PrivateKey SECRET = PrivateKey.of(Algorithm.ED25519, new byte[32]);
  private static final NoteKey LOG =
      new NoteKey("plant.example/a", NoteKey.Type.LOG, SECRET.publicKey());

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void end() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void answersWithAndServesItsCosignature(@TempDir Path data) throws Exception {
    try (Witness witness = witness(data, 0)) {
      HttpResponse<String> answer = add(witness, 0, 5);
      assertThat(answer.statusCode()).isEqualTo(200);
      SignedNote note = SignedNote.parse(checkpoint(5).format() + answer.body());
      assertThat(note.cosignedAt(witness.key())).isPresent();
      HttpResponse<String> served = get(witness, OriginHash.of(LOG.name()) + "/checkpoint");
      assertThat(served.body()).isEqualTo(note.format());
      assertThat(get(witness, OriginHash.of("other") + "/checkpoint").statusCode()).isEqualTo(404);
      assertThat(get(witness, "health/live").statusCode()).isEqualTo(200);
      assertThat(KeyFiles.readNoteKey(data.resolve("keys/witness.vkey"))).isEqualTo(witness.key());
    }
  }

  @Test
  void refusesARollbackAfterARestart(@TempDir Path data) throws Exception {
    NoteKey key;
    try (Witness witness = witness(data, 0)) {
      key = witness.key();
      assertThat(add(witness, 0, 9).statusCode()).isEqualTo(200);
    }
    try (Witness witness = witness(data, 0)) {
      assertThat(witness.key()).isEqualTo(key);
      HttpResponse<String> rollback = add(witness, 0, 5);
      assertThat(rollback.statusCode()).isEqualTo(409);
      assertThat(rollback.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
      assertThat(rollback.body()).isEqualTo("9\n");
      assertThat(add(witness, 9, 10).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesWhatIsNoRequest(@TempDir Path data) throws Exception {
    try (Witness witness = witness(data, 0)) {
      assertThat(post(witness, "").statusCode()).isEqualTo(400);
      assertThat(post(witness, "old 0\n\n").statusCode()).isEqualTo(400);
      assertThat(post(witness, "x".repeat(100_000)).statusCode()).isEqualTo(413);
      assertThat(post(witness, "old 0\n\n\u0000").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void saysWhichPortItCannotHave(@TempDir Path data) throws Exception {
    try (Witness witness = witness(data.resolve("a"), 0)) {
      assertThatThrownBy(() -> witness(data.resolve("b"), witness.port()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(":" + witness.port());
    }
  }

  private Witness witness(Path data, int port) throws IOException {
    return new Witness(
        vertx,
        new Witness.Configuration("witness.example/w1", data, "127.0.0.1", port, List.of(LOG)),
        new SecureRandom(),
        Clock.systemUTC());
  }

  private HttpResponse<String> add(Witness witness, int old, int size) throws Exception {
    List<Hash> proof =
        old == 0 || old > size
            ? List.of()
            : MerkleTree.consistencyProof(
                (level, index) -> root(index << level, (index + 1) << level), old, size);
    return post(witness, new AddCheckpointRequest(old, proof, checkpoint(size)).format());
  }

  private HttpResponse<String> post(Witness witness, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(witness, "add-checkpoint"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(Witness witness, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(witness, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(Witness witness, String path) {
    return URI.create("http://127.0.0.1:" + witness.port() + "/" + path);
  }

  private static SignedNote checkpoint(int size) {
    return SignedNote.signedBy(new Checkpoint(LOG.name(), size, root(0, size)).text(), LOG, SECRET);
  }

  private static Hash root(long start, long end) {
    Frontier frontier = new Frontier();
    for (long i = start; i < end; i++) {
      frontier.append(MerkleTree.leafHash(new byte[] {(byte) i}));
    }
    return frontier.root();
  }
}
