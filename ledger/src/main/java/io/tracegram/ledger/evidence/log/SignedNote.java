package io.tracegram.ledger.evidence.log;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/**
 * A text with signatures (C2SP signed-note), cosignatures included. Parsing checks form only.
 * Immutable.
 *
 * @param text ends with a newline
 */
public record SignedNote(String text, List<Signature> signatures) {
  private static final int MAX_LENGTH = 65_536;
  private static final int MAX_SIGNATURES = 32;
  private static final String DASH = "\u2014 ";
  private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

  /** Key id and time, before a cosignature's signature. */
  private static final int TIMED = 12;

  /**
   * One signature line.
   *
   * @param name of the key
   * @param blob 4-byte key id and the signature
   */
  public record Signature(String name, Content blob) {
    /** Returns the line with its newline. */
    public String line() {
      return DASH + name + " " + Base64.getEncoder().encodeToString(blob.bytes()) + "\n";
    }

    /**
     * Reads a line, without its newline.
     *
     * @throws MalformedException if it is no signature line
     */
    public static Signature parse(String line) {
      if (!line.startsWith(DASH)) {
        throw new MalformedException("a signature line starts with an em dash");
      }
      String[] parts = line.substring(DASH.length()).split(" ", -1);
      if (parts.length != 2 || !NoteKey.isValidName(parts[0])) {
        throw new MalformedException("a signature line is a name and base64");
      }
      byte[] blob = Checkpoint.base64(parts[1]);
      if (blob.length < 5 || blob.length > 8_192) {
        throw new MalformedException("a signature of " + blob.length + " bytes");
      }
      return new Signature(parts[0], Content.of(blob));
    }

    private boolean isBy(NoteKey key) {
      return name.equals(key.name()) && Arrays.equals(Arrays.copyOf(blob.bytes(), 4), key.id());
    }
  }

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  public static SignedNote parse(String note) {
    if (note.length() > MAX_LENGTH
        || note.chars().anyMatch(c -> (c < 0x20 && c != '\n') || c == 0x7F || c == 0xFFFD)) {
      throw new MalformedException("not a note: too long, or control characters in it");
    }
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n")) {
      throw new MalformedException("a note has a text, an empty line and signatures");
    }
    String tail = note.substring(split + 2);
    List<Signature> signatures = new ArrayList<>();
    if (tail.isEmpty()) {
      throw new MalformedException("a note has at least one signature");
    }
    for (String line : tail.substring(0, tail.length() - 1).split("\n", -1)) {
      signatures.add(Signature.parse(line));
    }
    if (signatures.size() > MAX_SIGNATURES) {
      throw new MalformedException("a note of " + signatures.size() + " signatures");
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  public String format() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  public SignedNote with(Signature signature) {
    List<Signature> all = new ArrayList<>(signatures);
    if (!all.contains(signature)) {
      all.add(signature);
    }
    return new SignedNote(text, all);
  }

  /** Signs a text as its log. */
  public static SignedNote signedBy(String text, NoteKey key, Signer signer) {
    byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
    return new SignedNote(text, List.of(signatureOf(key, signature)));
  }

  /**
   * Makes a tlog-cosignature on a text; of ML-DSA-44, the text must be a checkpoint.
   *
   * @param epochSeconds system time, s since 1970 UTC; 0 only of ML-DSA-44, where it says nothing
   *     about the tree being the newest
   */
  public static Signature cosign(String text, NoteKey key, Signer signer, long epochSeconds) {
    byte[] signature =
        signer.sign(
            switch (key.type()) {
              case LOG -> throw new IllegalArgumentException(key.name() + " is no cosigner");
              case COSIGNER -> cosigned(text, epochSeconds);
              case ML_DSA_44 -> cosigned(key.name(), epochSeconds, Checkpoint.parse(text));
            });
    return signatureOf(
        key,
        ByteBuffer.allocate(8 + signature.length).putLong(epochSeconds).put(signature).array());
  }

  /** Says whether the note carries a signature of {@code key} and none of it that is wrong. */
  public boolean isSignedBy(NoteKey key) {
    boolean found = false;
    for (Signature signature : signatures) {
      if (signature.isBy(key)) {
        if (!verifies(key, signature)) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** Says whether the note carries a signature in the name and id of {@code key}, right or not. */
  public boolean names(NoteKey key) {
    return signatures.stream().anyMatch(signature -> signature.isBy(key));
  }

  /**
   * Returns the time of a verified cosignature, s since 1970 UTC; empty if there is none, or none
   * that states a time.
   */
  public OptionalLong cosignedAt(NoteKey cosigner) {
    if (!cosigner.type().cosigns() || !isSignedBy(cosigner)) {
      return OptionalLong.empty();
    }
    return signatures.stream()
        .filter(signature -> signature.isBy(cosigner))
        .mapToLong(signature -> ByteBuffer.wrap(signature.blob().bytes()).getLong(4))
        .filter(time -> time > 0)
        .max();
  }

  private boolean verifies(NoteKey key, Signature signature) {
    byte[] blob = signature.blob().bytes();
    return switch (key.type()) {
      case LOG ->
          key.key()
              .verify(
                  text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(blob, 4, blob.length));
      case COSIGNER -> {
        if (blob.length != TIMED + key.key().algorithm().signatureLength()) {
          yield false;
        }
        long time = ByteBuffer.wrap(blob).getLong(4);
        yield time > 0
            && key.key().verify(cosigned(text, time), Arrays.copyOfRange(blob, TIMED, blob.length));
      }
      case ML_DSA_44 -> {
        if (blob.length != TIMED + key.key().algorithm().signatureLength()) {
          yield false;
        }
        long time = ByteBuffer.wrap(blob).getLong(4);
        byte[] message;
        try {
          message = cosigned(key.name(), time, Checkpoint.parse(text));
        } catch (MalformedException e) {
          yield false;
        }
        yield time >= 0 && key.key().verify(message, Arrays.copyOfRange(blob, TIMED, blob.length));
      }
    };
  }

  private static byte[] cosigned(String text, long epochSeconds) {
    return ("cosignature/v1\ntime " + epochSeconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  /** The {@code cosigned_message} of tlog-cosignature: start 0, for it is the whole tree. */
  private static byte[] cosigned(String cosigner, long epochSeconds, Checkpoint checkpoint) {
    byte[] name = cosigner.getBytes(StandardCharsets.UTF_8);
    byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
    if (origin.length > NoteKey.MAX_NAME) {
      throw new MalformedException("an origin of more than 255 bytes has no such cosignature");
    }
    return ByteBuffer.allocate(
            SUBTREE.length + 1 + name.length + 8 + 1 + origin.length + 16 + Hash.LENGTH)
        .put(SUBTREE)
        .put((byte) name.length)
        .put(name)
        .putLong(epochSeconds)
        .put((byte) origin.length)
        .put(origin)
        .putLong(0)
        .putLong(checkpoint.size())
        .put(checkpoint.root().bytes())
        .array();
  }

  private static Signature signatureOf(NoteKey key, byte[] signature) {
    byte[] blob = new byte[4 + signature.length];
    System.arraycopy(key.id(), 0, blob, 0, 4);
    System.arraycopy(signature, 0, blob, 4, signature.length);
    return new Signature(key.name(), Content.of(blob));
  }
}
