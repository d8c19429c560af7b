package io.tracegram.runtime.key;

import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * A directory of software keys, each a secret {@code <name>.key} beside its {@code <name>.pub}.
 *
 * <p>Single-threaded; one process owns the directory.
 */
public final class KeyFiles {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final int MAX_LENGTH = 8_192;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PUBLIC =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path directory;
  private final SecureRandom random;

  /**
   * @param directory created with mode 0700 when the first key is made
   */
  public KeyFiles(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /**
   * Returns the named key, made at the first call. When this returns, the secret and its public
   * half are on disk.
   *
   * @param name {@code [A-Za-z0-9][A-Za-z0-9._-]{0,63}}
   * @throws IOException if the file cannot be read or written, is readable by others than its
   *     owner, or holds no key of that algorithm; the message says which file and what to do
   */
  public PrivateKey loadOrCreate(String name, Algorithm algorithm) throws IOException {
    Path secretFile = directory.resolve(checked(name) + ".key");
    Path publicFile = directory.resolve(name + ".pub");
    if (!Files.exists(secretFile)) {
      if (Files.exists(publicFile)) {
        throw new IOException(
            publicFile
                + " has lost its secret "
                + secretFile.getFileName()
                + ": restore it from a backup, or remove the public key to make a new one");
      }
      PrivateKey created = PrivateKey.generate(algorithm, random);
      createDirectory();
      write(secretFile, HexFormat.of().formatHex(created.secret()) + "\n", OWNER_ONLY);
      write(publicFile, format(created.publicKey()) + "\n", PUBLIC);
      return created;
    }
    PrivateKey loaded = load(secretFile, algorithm);
    if (!Files.exists(publicFile)) {
      write(publicFile, format(loaded.publicKey()) + "\n", PUBLIC);
    } else if (!readPublic(publicFile).equals(loaded.publicKey())) {
      throw new IOException(
          secretFile
              + " does not belong to "
              + publicFile.getFileName()
              + " as a key of "
              + algorithm);
    }
    return loaded;
  }

  /**
   * Returns the named verifier of the key {@code <file>.key}, made at the first call with the
   * type's algorithm, and writes it as {@code <file>.vkey}. The signing key itself is {@code
   * loadOrCreate(file, type.algorithm())}.
   *
   * @param file file name without its ending, such as {@code checkpoint}
   * @param keyName the note key's name, such as a log's origin
   */
  public NoteKey loadOrCreateNoteKey(String file, String keyName, NoteKey.Type type)
      throws IOException {
    NoteKey key = new NoteKey(keyName, type, loadOrCreate(file, type.algorithm()).publicKey());
    Path vkeyFile = directory.resolve(file + ".vkey");
    if (!Files.exists(vkeyFile) || !readLine(vkeyFile).equals(key.vkey())) {
      write(vkeyFile, key.vkey() + "\n", PUBLIC);
    }
    return key;
  }

  /**
   * Returns a log's two signing keys, {@code checkpoint} and {@code checkpoint-mldsa44}, each made
   * at the first call that misses it; both vkeys are on disk when this returns.
   */
  public CheckpointSigner loadOrCreateCheckpointSigner(String origin) throws IOException {
    NoteKey key = loadOrCreateNoteKey("checkpoint", origin, NoteKey.Type.LOG);
    NoteKey quantumSafe = loadOrCreateNoteKey("checkpoint-mldsa44", origin, NoteKey.Type.ML_DSA_44);
    return new CheckpointSigner(
        key,
        loadOrCreate("checkpoint", key.type().algorithm()),
        quantumSafe,
        loadOrCreate("checkpoint-mldsa44", quantumSafe.type().algorithm()));
  }

  /**
   * Returns the key of a secret file, whose algorithm the {@code .pub} beside it names.
   *
   * @throws IOException if there is none; the message says which file and what to do
   */
  public static PrivateKey read(Path secretFile) throws IOException {
    String name = String.valueOf(secretFile.getFileName());
    if (!name.endsWith(".key") || !Files.exists(secretFile)) {
      throw new IOException(secretFile + " is no key: name a .key file with its .pub beside it");
    }
    Path publicFile = secretFile.resolveSibling(name.replaceAll("key$", "pub"));
    PublicKey known = readPublic(publicFile);
    PrivateKey loaded = load(secretFile, known.algorithm());
    if (!known.equals(loaded.publicKey())) {
      throw new IOException(secretFile + " does not belong to " + publicFile.getFileName());
    }
    return loaded;
  }

  /**
   * Reads a public key file, one line {@code es256:<hex>} or {@code ed25519:<hex>}.
   *
   * @throws IOException if it cannot be read or holds no such line; the message names the file
   */
  public static PublicKey readPublic(Path file) throws IOException {
    try {
      return parsePublic(readLine(file));
    } catch (MalformedException e) {
      throw new IOException(file + " holds no public key: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the text form of a public key.
   *
   * @throws MalformedException if it is none
   */
  public static PublicKey parsePublic(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      String prefix = prefix(algorithm);
      if (text.startsWith(prefix)) {
        return PublicKey.of(algorithm, hex(text.substring(prefix.length())));
      }
    }
    throw new MalformedException("expected es256:<hex> or ed25519:<hex>");
  }

  /** Returns the text form of a public key: its algorithm in lower case, a colon, hex. */
  public static String format(PublicKey key) {
    return prefix(key.algorithm()) + HexFormat.of().formatHex(key.encoded());
  }

  /**
   * Reads a file that holds one vkey.
   *
   * @throws IOException if it cannot be read or holds none; the message names the file
   */
  public static NoteKey readNoteKey(Path file) throws IOException {
    try {
      return NoteKey.parse(readLine(file));
    } catch (MalformedException e) {
      throw new IOException(file + " holds no vkey: " + e.getMessage(), e);
    }
  }

  private static PrivateKey load(Path file, Algorithm algorithm) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.removeAll(OWNER_ONLY);
    if (!permissions.isEmpty()) {
      throw new IOException(file + " is open to others than its owner: run chmod 600 " + file);
    }
    try {
      return PrivateKey.of(algorithm, hex(readLine(file)));
    } catch (MalformedException e) {
      throw new IOException(file + " holds no secret of a " + algorithm + " key", e);
    }
  }

  private static String checked(String name) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("not a key name: " + name);
    }
    return name;
  }

  private static String prefix(Algorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":";
  }

  private static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not hexadecimal");
    }
  }

  private static String readLine(Path file) throws IOException {
    if (Files.size(file) > MAX_LENGTH) {
      throw new IOException(file + " is too long for a key file");
    }
    return Files.readString(file).strip();
  }

  private void createDirectory() throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private void write(Path file, String text, Set<PosixFilePermission> permissions)
      throws IOException {
    Path temporary = directory.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(permissions))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
