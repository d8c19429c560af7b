package io.tracegram.cloud.log;

import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.Signer;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.verification.Finding;
import io.tracegram.ledger.verification.LogReplay;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.log.CheckpointPublisher;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.log.LogDamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The central service's log, open: each product's newest publication, and the way to say more.
 * Thread-safe; {@link #publish} and {@link #append} wait for the disk.
 */
public final class CloudLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloudLog.class);

  private final NoteKey key;
  private final EvidenceLog log;
  private final Documents documents;
  private final CloudAuthor author;
  private final Clock clock;
  private final Map<String, Publication> newest = new ConcurrentHashMap<>();
  private final Set<Body> setup = new HashSet<>();
  private volatile Runnable grown = () -> {};
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "cloud-checkpoints"));
  private final CheckpointPublisher checkpoints;

  private CloudLog(Path data, String service, EvidenceLog log, KeyFiles keys, Start start)
      throws IOException {
    this.log = log;
    this.clock = start.clock();
    Signer statements = keys.loadOrCreate("cloud", Algorithm.ES256);
    CheckpointSigner signer = keys.loadOrCreateCheckpointSigner(service + "/log");
    key = signer.key();
    documents = new Documents(data.resolve("log/documents"));
    author = new CloudAuthor(service, statements, start.random().nextLong(Long.MAX_VALUE), clock);
    checkpoints =
        new CheckpointPublisher(
            log,
            signer,
            scheduler,
            () -> LOG.error("event=cloud-log.failed action=\"look at the disk and start again\""),
            data.resolve("log/forked"));
    replay(statements);
    say(new Body.KeyRegistered(KeyRole.CLOUD, Statement.CLOUD, statements.publicKey()));
    say(new Body.Calculator(FacilityLedger.CALCULATOR));
  }

  private record Start(Clock clock, SecureRandom random) {}

  /**
   * Opens the log in {@code data/log} and makes its keys {@code keys/cloud.pub} and {@code
   * keys/checkpoint.vkey} at the first start. On return its first leaves are on disk.
   *
   * @param service name of the central service; the log's origin is {@code <service>/log}
   * @throws IOException if something cannot be read or written; the message says what to do
   * @throws LogDamagedException if the log is not what this service wrote
   */
  public static CloudLog open(Path data, String service, Clock clock, SecureRandom random)
      throws IOException {
    EvidenceLog log = EvidenceLog.open(data.resolve("log"));
    try {
      KeyFiles keys = new KeyFiles(data.resolve("keys"), random);
      return new CloudLog(data, service, log, keys, new Start(clock, random));
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Publishes checkpoints from now on, each at most a second after an append. */
  public void start() {
    checkpoints.start();
  }

  /** Returns a product's newest publication; its document and leaf are on disk. */
  public Optional<Publication> publication(String product) {
    return Optional.ofNullable(newest.get(product));
  }

  /** Returns a published document; reads the disk. */
  public Optional<byte[]> document(Hash hash) throws IOException {
    return documents.read(hash);
  }

  /**
   * Publishes a declaration. If what is published already is the same, byte for byte, nothing is
   * added. On return document and leaf are on disk.
   *
   * @throws io.tracegram.runtime.log.LogFailedException if the disk failed
   */
  public synchronized Publication publish(Draft draft) throws IOException {
    Publication before = newest.get(draft.product());
    documents.keep(draft.hash(), draft.document().bytes());
    if (before != null && before.document().equals(draft.hash())) {
      return before;
    }
    Body.ProductDeclared declared = draft.revision(before == null ? 1 : before.revision() + 1);
    Publication published = published(append(List.of(declared)), declared);
    LOG.info(
        "event=declaration.published product={} revision={} leaf={}",
        published.product(),
        published.revision(),
        published.leaf());
    return published;
  }

  /**
   * Appends statements of the service as one group and returns the last one's leaf. On return all
   * are on disk.
   *
   * @throws io.tracegram.runtime.log.LogFailedException if the disk failed
   */
  public synchronized long append(List<Body> bodies) {
    long millis = clock.millis();
    long first =
        log.append(
            bodies.stream().map(body -> new Leaf(millis, 0, author.sign(body)).encoded()).toList());
    grown.run();
    return first + bodies.size() - 1;
  }

  /** Has it told when leaves were added; {@code to} must not wait. */
  public void listen(Runnable to) {
    grown = to;
  }

  /** Returns the log's name, as its checkpoints state it. */
  public String origin() {
    return key.name();
  }

  public EvidenceLog log() {
    return log;
  }

  /** Returns the verifier of the log's checkpoints; its name is the log's origin. */
  public NoteKey key() {
    return key;
  }

  /** Closes the log; what was published is under a checkpoint. */
  @Override
  public void close() throws IOException {
    checkpoints.publishNow();
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("event=cloud-log.stop-late");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }

  /** Attacker: who puts another log into this directory. */
  private void replay(Signer statements) {
    LogReplay replay = new LogReplay(Optional.of(statements.publicKey()));
    for (long index = 0; index < log.size(); index++) {
      byte[] encoded = log.leaf(index);
      Optional<Finding> wrong = replay.next(encoded);
      if (wrong.isPresent() || replay.cloud().isEmpty()) {
        throw new LogDamagedException(
            "the central service's own log: "
                + wrong.map(Finding::toString).orElse("is that of a facility")
                + "; restore log and keys from one backup");
      }
      var signed = Leaf.parse(encoded).statement();
      author.replay(signed);
      said(index, signed.statement().body());
    }
  }

  private void said(long index, Body body) {
    if (body instanceof Body.ProductDeclared declared) {
      published(index, declared);
    } else if (body instanceof Body.KeyRegistered || body instanceof Body.Calculator) {
      setup.add(body);
    }
  }

  private void say(Body body) {
    if (setup.add(body)) {
      long unused = append(List.of(body));
    }
  }

  private Publication published(long leaf, Body.ProductDeclared declared) {
    Publication publication =
        new Publication(declared.product(), declared.revision(), leaf, declared.document());
    newest.put(declared.product(), publication);
    return publication;
  }
}
