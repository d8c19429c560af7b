package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A named Ed25519 verifier of notes (C2SP signed-note "vkey"). Immutable.
 *
 * @param name of the log or cosigner; no spaces, no plus
 * @param type what its signatures mean
 */
public record NoteKey(String name, Type type, PublicKey key) {
  /** The signature type byte. */
  public enum Type {
    /** Signs the note text: a log's own checkpoint signature. */
    LOG(0x01),
    /** Signs time and note text (tlog-cosignature v1): a mirror or a witness. */
    COSIGNER(0x04);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  public NoteKey {
    if (!isValidName(name) || key.algorithm() != Algorithm.ED25519) {
      throw new MalformedException("a note key has a name without spaces or plus, and is Ed25519");
    }
  }

  static boolean isValidName(String name) {
    return !name.isEmpty()
        && name.length() <= 255
        && name.chars()
            .noneMatch(c -> c == '+' || c < 0x21 || Character.isSpaceChar(c) || c == 0x7F);
  }

  /** Returns the 4-byte key id: SHA-256(name ‖ 0x0A ‖ type ‖ key)[:4]. */
  public byte[] id() {
    return Arrays.copyOf(
        Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), material()).bytes(), 4);
  }

  public String vkey() {
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(material());
  }

  /**
   * Reads a vkey strictly.
   *
   * @throws MalformedException if it is none, or its key id is not its own
   */
  public static NoteKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw new MalformedException("a vkey has three parts: name+id+key");
    }
    byte[] material = Checkpoint.base64(parts[2]);
    if (material.length != 33) {
      throw new MalformedException("a vkey holds a type byte and a 32-byte Ed25519 key");
    }
    for (Type type : Type.values()) {
      if (type.number == material[0]) {
        NoteKey key =
            new NoteKey(
                parts[0],
                type,
                PublicKey.of(Algorithm.ED25519, Arrays.copyOfRange(material, 1, 33)));
        if (!key.vkey().equals(vkey)) {
          throw new MalformedException("the vkey's id does not belong to its name and key");
        }
        return key;
      }
    }
    throw new MalformedException("unknown note signature type " + material[0]);
  }

  private byte[] material() {
    byte[] material = new byte[33];
    material[0] = (byte) type.number;
    System.arraycopy(key.encoded(), 0, material, 1, 32);
    return material;
  }
}
