package io.tracegram.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
  private final Path temporary;

  KeyFilesTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private KeyFiles files() {
    return new KeyFiles(temporary.resolve("data/keys"), new SecureRandom());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void theSameKeyComesBackAfterARestart(Algorithm algorithm) throws IOException {
    PrivateKey made = files().loadOrCreate("refinery-agent", algorithm);

    PrivateKey again = files().loadOrCreate("refinery-agent", algorithm);

    assertThat(again.secret()).isEqualTo(made.secret());
    assertThat(KeyFiles.readPublic(temporary.resolve("data/keys/refinery-agent.pub")))
        .isEqualTo(made.publicKey());
  }

  @Test
  void theSecretIsReadableByItsOwnerOnly() throws IOException {
    files().loadOrCreate("gateway", Algorithm.ES256);

    Path directory = temporary.resolve("data/keys");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("gateway.key"))))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void refusesASecretThatOthersCanRead() throws IOException {
    files().loadOrCreate("gateway", Algorithm.ES256);
    Path secret = temporary.resolve("data/keys/gateway.key");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> files().loadOrCreate("gateway", Algorithm.ES256))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void refusesASecretOfAnotherAlgorithm() throws IOException {
    files().loadOrCreate("gateway", Algorithm.ES256);

    assertThatThrownBy(() -> files().loadOrCreate("gateway", Algorithm.ED25519))
        .hasMessageContaining("does not belong to gateway.pub");
  }

  @Test
  void neverReplacesALostSecretSilently() throws IOException {
    files().loadOrCreate("gateway", Algorithm.ES256);
    Files.delete(temporary.resolve("data/keys/gateway.key"));

    assertThatThrownBy(() -> files().loadOrCreate("gateway", Algorithm.ES256))
        .hasMessageContaining("has lost its secret");
  }

  @Test
  void writesTheVerifierOfANoteKeyBesideIt() throws IOException {
    NoteKey key =
        files().loadOrCreateNoteKey("checkpoint", "refinery.example/refinery", NoteKey.Type.LOG);

    assertThat(KeyFiles.readNoteKey(temporary.resolve("data/keys/checkpoint.vkey"))).isEqualTo(key);
    assertThat(files().loadOrCreate("checkpoint", Algorithm.ED25519).publicKey())
        .isEqualTo(key.key());
  }

  @Test
  void aLogHasAnEd25519AndAnMlDsaKeyOfItsName() throws IOException {
    CheckpointSigner signer = files().loadOrCreateCheckpointSigner("refinery.example/refinery");
    Path keys = temporary.resolve("data/keys");

    assertThat(files().loadOrCreateCheckpointSigner("refinery.example/refinery").keys())
        .isEqualTo(signer.keys());
    assertThat(KeyFiles.readNoteKey(keys.resolve("checkpoint-mldsa44.vkey")))
        .isEqualTo(signer.quantumSafeKey());
    assertThat(Files.getPosixFilePermissions(keys.resolve("checkpoint-mldsa44.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "es256:", "es256:00ff", "rsa:00", "es256:zz", "ed25519:éé"})
  void refusesAPublicKeyFileThatHoldsNone(String text) throws IOException {
    Path file = Files.writeString(temporary.resolve("bad.pub"), text);

    assertThatThrownBy(() -> KeyFiles.readPublic(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.pub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../gateway", "a/b", ".hidden"})
  void refusesANameThatLeavesTheDirectory(String name) {
    assertThatThrownBy(() -> files().loadOrCreate(name, Algorithm.ES256))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
