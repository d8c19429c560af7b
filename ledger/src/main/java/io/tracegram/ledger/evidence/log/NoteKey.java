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
 * A named verifier of notes (C2SP signed-note "vkey"). Immutable.
 *
 * @param name of the log or cosigner; no spaces, no plus
 * @param type what its signatures mean
 */
public record NoteKey(String name, Type type, PublicKey key) {
  /** What the one length byte of an ML-DSA-44 cosignature's message can say. */
  static final int MAX_NAME = 255;

  /** The signature type byte, with the one algorithm it stands for. */
  public enum Type {
    /** Signs the note text: a log's own checkpoint signature. */
    LOG(0x01, Algorithm.ED25519),
    /** Signs time and note text (tlog-cosignature): a mirror or a witness. */
    COSIGNER(0x04, Algorithm.ED25519),
    /** Signs name, time, origin, size and root (tlog-cosignature): a mirror, a witness or a log. */
    ML_DSA_44(0x06, Algorithm.ML_DSA_44);

    private final int number;
    private final Algorithm algorithm;

    Type(int number, Algorithm algorithm) {
      this.number = number;
      this.algorithm = algorithm;
    }

    /** Returns the algorithm of a key of this type. */
    public Algorithm algorithm() {
      return algorithm;
    }

    /** Says whether its signatures may be cosignatures, which carry a time. */
    public boolean cosigns() {
      return switch (this) {
        case LOG -> false;
        case COSIGNER, ML_DSA_44 -> true;
      };
    }

    /** Says whether a log may sign its own checkpoints with it (tlog-checkpoint, "Signatures"). */
    public boolean signsLogs() {
      return switch (this) {
        case LOG, ML_DSA_44 -> true;
        case COSIGNER -> false;
      };
    }
  }

  public NoteKey {
    if (!isValidName(name) || key.algorithm() != type.algorithm) {
      throw new MalformedException(
          "a note key of type %s has a name without spaces or plus, and is %s"
              .formatted(type, type.algorithm));
    }
  }

  static boolean isValidName(String name) {
    return !name.isEmpty()
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME
        && name.chars()
            .noneMatch(
                // U+0085 is a Unicode space too, but a control character to Java
                c -> c == '+' || c == ' ' || Character.isSpaceChar(c) || Character.isISOControl(c));
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
    if (material.length == 0) {
      throw new MalformedException("a vkey holds a type byte and a key");
    }
    for (Type type : Type.values()) {
      if (type.number == material[0]) {
        byte[] encoded = Arrays.copyOfRange(material, 1, material.length);
        NoteKey key = new NoteKey(parts[0], type, PublicKey.of(type.algorithm, encoded));
        if (!key.vkey().equals(vkey)) {
          throw new MalformedException("the vkey's id does not belong to its name and key");
        }
        return key;
      }
    }
    throw new MalformedException("unknown note signature type " + material[0]);
  }

  private byte[] material() {
    byte[] encoded = key.encoded();
    byte[] material = new byte[1 + encoded.length];
    material[0] = (byte) type.number;
    System.arraycopy(encoded, 0, material, 1, encoded.length);
    return material;
  }
}
