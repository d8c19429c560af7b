package io.tracegram.gateway;

import io.tracegram.gateway.account.PeriodClock;
import io.tracegram.gateway.dashboard.AnswerThreads;
import io.tracegram.gateway.dashboard.ClaimsApi;
import io.tracegram.gateway.dashboard.Dashboard;
import io.tracegram.gateway.dashboard.EntriesApi;
import io.tracegram.gateway.dashboard.FootprintsApi;
import io.tracegram.gateway.dashboard.LedgerReadModel;
import io.tracegram.gateway.dashboard.PassportsApi;
import io.tracegram.gateway.dashboard.SupplierDesk;
import io.tracegram.gateway.factor.InstrumentDesk;
import io.tracegram.gateway.factor.IntensityDesk;
import io.tracegram.gateway.history.ImportDesk;
import io.tracegram.gateway.history.ImportRoutes;
import io.tracegram.gateway.problem.Severity;
import io.tracegram.gateway.replicate.ForkProof;
import io.tracegram.gateway.replicate.PassportClient;
import io.tracegram.gateway.replicate.PassportDesk;
import io.tracegram.gateway.replicate.Replicator;
import io.tracegram.gateway.timestamp.Timestamper;
import io.tracegram.ledger.evidence.log.Checkpoint;
import io.tracegram.ledger.evidence.log.CheckpointSigner;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.config.GatewayFile;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.config.InstrumentFile;
import io.tracegram.runtime.cosign.WitnessedCheckpoint;
import io.tracegram.runtime.key.KeyFiles;
import io.tracegram.runtime.log.EvidenceLog;
import io.tracegram.runtime.timestamp.TimestampRoutes;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway as its configuration file describes it, with pages, mirror, witnesses, timestamps and
 * passports.
 */
public final class GatewayProgram {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayProgram.class);
  private static final Duration LAST_DELIVERY = Duration.ofSeconds(5);

  private final Gateway gateway;
  private final Replicator replicator;
  private final PassportClient passports;
  private final IntensityDesk intensities;
  private final InstrumentDesk instruments;
  private final ImportDesk imports;
  private final Timestamper timestamper;
  private final GatewayEpcis epcis;
  private final WebShell shell;
  private final AnswerThreads answering = new AnswerThreads();
  private final WitnessedCheckpoint witnessed;
  private final Optional<NoteKey> mirrorKey;

  private GatewayProgram(
      GatewayFile file,
      Gateway gateway,
      List<NoteKey> logKeys,
      List<GatewayConfig.Supplier> suppliers,
      SecureRandom random,
      Clock clock)
      throws IOException {
    this.gateway = gateway;
    Replicator.Configuration cosigners =
        new Replicator.Configuration(logKeys, mirror(file), witnesses(file));
    mirrorKey = cosigners.mirror().map(Replicator.Cosigner::key);
    TlogPolicy policy = policy(file, cosigners);
    EvidenceLog evidence = gateway.log();
    witnessed =
        new WitnessedCheckpoint(
            file.data().resolve("log/witnessed"),
            policy,
            head ->
                head.origin().equals(logKeys.getFirst().name())
                    && head.size() <= evidence.size()
                    && head.root().equals(evidence.root(head.size())));
    replicator =
        new Replicator(
            gateway.log(),
            cosigners,
            clock,
            random,
            new Replicator.Callbacks(this::cosigned, this::forked));
    PassportDesk desk = new PassportDesk(passportSources(file, suppliers));
    passports =
        new PassportClient(
            desk, new PassportReceiver(gateway.accounts()), clock, Duration.ofSeconds(1));
    intensities =
        new IntensityDesk(file.intensities(), gateway.accounts(), gateway.problems(), random);
    instruments =
        new InstrumentDesk(
            file.instruments().map(InstrumentFile::portfolio),
            gateway.accounts(),
            gateway.problems());
    imports =
        new ImportDesk(
            new ImportDesk.Gateway(file.plant(), gateway.log(), gateway.accounts()),
            file.data().resolve("imports"),
            clock,
            random);
    timestamper =
        new Timestamper(
            new Timestamper.Subject(
                gateway.log(), logKeys.getFirst(), file.data(), this::worthStamping),
            file.timestamps(),
            Timestamper.Timing.FIELD,
            clock,
            random,
            gateway.counters(),
            gateway.problems());
    gateway.checkpoints().listen(note -> replicator.published());
    gateway.checkpoints().listen(note -> timestamper.published());
    LedgerReadModel plant =
        new LedgerReadModel(
            gateway.accounts()::ask,
            new GatewaySurroundings(
                gateway, replicator, passports, timestamper, mirrorKey.isPresent(), witnessed),
            answering);
    Dashboard dashboard =
        new Dashboard(gateway.vertx(), plant, clock, file.periods().materialityPercent());
    shell =
        new WebShell(
            gateway.vertx(),
            new WebAddress(file.http().host(), file.http().port(), Set.of()),
            dashboard.assets(),
            dashboard);
    gateway.mount(shell.router());
    new TimestampRoutes(gateway.vertx(), file.data().resolve("log")).mount(shell.router());
    new ImportRoutes(gateway.vertx(), imports, ImportRoutes.MAX_BYTES).mount(shell.router());
    dashboard.mount(shell.router());
    new EntriesApi(plant, gateway.accounts()::append).mount(shell.router());
    SupplierDesk declared =
        new SupplierDesk(
            gateway.accounts()::ask, plant, gateway.accounts()::append, this::notSigned);
    new ClaimsApi(declared).mount(shell.router());
    new FootprintsApi(declared, answering).mount(shell.router());
    new PassportsApi(gateway.accounts()::ask, desk, gateway.accounts()::append, answering)
        .mount(shell.router());
    epcis = new GatewayEpcis(gateway, file.data(), clock, random);
    epcis.mount(shell.router());
  }

  /**
   * Opens keys and log and wires the program; nothing listens yet.
   *
   * @param exit told the exit code when the gateway cannot go on; must end the process
   * @throws IOException naming the file that is missing or wrong, and what to do
   */
  public static GatewayProgram open(
      GatewayFile file, Clock clock, SecureRandom random, IntConsumer exit) throws IOException {
    PlantModel plant = file.plant().model();
    KeyFiles keys = new KeyFiles(file.data().resolve("keys"), random);
    CheckpointSigner checkpoints = keys.loadOrCreateCheckpointSigner(plant.origin());
    Map<String, PublicKey> agents = new HashMap<>();
    for (GatewayFile.Agent agent : file.agents()) {
      if (!Files.exists(agent.key())) {
        throw new IOException(
            "there is no public key of agent %s at %s: start the agent once, it makes its key, or"
                    .formatted(agent.id(), agent.key())
                + " correct the path in "
                + file.file());
      }
      agents.put(agent.id(), KeyFiles.readPublic(agent.key()));
    }
    List<GatewayConfig.Supplier> suppliers = new ArrayList<>();
    for (GatewayFile.Supplier supplier : file.suppliers()) {
      suppliers.add(
          new GatewayConfig.Supplier(
              supplier.facility(),
              supplier.log().load(),
              KeyFiles.readPublic(supplier.gatewayKey())));
    }
    GatewayConfig config =
        new GatewayConfig(
                plant,
                file.data(),
                address(file.mqtt()),
                agents,
                suppliers,
                keys.loadOrCreate("gateway", Algorithm.ES256),
                checkpoints,
                file.mirror().isPresent())
            .with(file.plant().factorSets())
            .with(new PeriodClock(file.periods().settle()));
    return new GatewayProgram(
        file,
        Gateway.open(config, clock, random, exit),
        checkpoints.keys(),
        suppliers,
        random,
        clock);
  }

  /** Serves pages, replays the log, then listens for agents; on return the gateway is ready. */
  public void start() throws IOException {
    gateway.checkpoints().stoppedBecause().ifPresent(this::alarm);
    shell.start().toCompletionStage().toCompletableFuture().join();
    gateway.start();
    epcis.start();
    replicator.start();
    passports.start();
    instruments.start();
    intensities.start();
    timestamper.start();
  }

  /**
   * Ends in order: what was acknowledged is accounted, under a checkpoint, and with the mirror and
   * the witnesses if they answer within some seconds.
   */
  public void stop() throws IOException, InterruptedException {
    passports.close();
    intensities.close();
    imports.close();
    timestamper.close();
    gateway.quiesce();
    epcis.close();
    replicator.awaitDelivered(LAST_DELIVERY);
    replicator.close();
    shell.stop().toCompletionStage().toCompletableFuture().join();
    answering.close();
    gateway.stop();
  }

  /**
   * Returns what a timestamp proves most about: the newest that others cosigned, then the newest.
   */
  private List<SignedNote> worthStamping() {
    List<SignedNote> notes = new ArrayList<>();
    witnessed.newest().or(gateway.checkpoints()::cosigned).ifPresent(notes::add);
    gateway.log().checkpoint().ifPresent(notes::add);
    return notes;
  }

  private void cosigned(SignedNote note) {
    gateway.checkpoints().addCosignatures(note);
    witnessed.offer(note);
    OptionalLong mirrored =
        mirrorKey.isPresent() ? note.cosignedAt(mirrorKey.get()) : OptionalLong.empty();
    if (mirrored.isPresent()) {
      gateway.receipts().mirrored(Checkpoint.parse(note.text()).size());
      gateway.clockAgreement().heard(mirrored.getAsLong() * 1_000);
    }
  }

  private void notSigned(String subject, String reason) {
    gateway
        .problems()
        .raise(
            "supplier.not-signed",
            subject,
            Severity.WARNING,
            reason,
            "the document was refused, and nothing of it is logged",
            "ask the supplier which key it signs with, and compare 'suppliers' in plant.yaml");
  }

  private void forked(ForkProof proof) {
    gateway.checkpoints().stopSigning(proof.whatToDo(), proof.document());
    alarm(proof.whatToDo());
  }

  private void alarm(String whatToDo) {
    gateway
        .problems()
        .raise(
            "evidence.fork",
            "log",
            Severity.ALARM,
            "a mirror or witness holds another history of this log than this disk",
            "no checkpoint is signed any more; readings are still taken and kept",
            whatToDo);
  }

  /**
   * Returns the policy in force, and says which: no configuration is silent about whom it trusts.
   */
  private static TlogPolicy policy(GatewayFile file, Replicator.Configuration cosigners) {
    TlogPolicy policy =
        file.policy()
            .map(given -> given.knowing(cosigners.logKeys()))
            .orElseGet(
                () ->
                    TlogPolicy.all(
                        cosigners.logKeys(),
                        cosigners.witnesses().stream().map(Replicator.Cosigner::key).toList(),
                        cosigners.mirror().stream().map(Replicator.Cosigner::key).toList()));
    LOG.info(
        "event=policy.in-force source={} quorum=\"{}\"",
        file.policy().isPresent() ? "file" : "every configured witness",
        policy.quorumText());
    return policy;
  }

  private static Optional<Replicator.Cosigner> mirror(GatewayFile file) throws IOException {
    return file.mirror().isPresent()
        ? Optional.of(cosigner(file.mirror().get()))
        : Optional.empty();
  }

  private static List<Replicator.Cosigner> witnesses(GatewayFile file) throws IOException {
    List<Replicator.Cosigner> witnesses = new ArrayList<>();
    for (GatewayFile.Cosigner witness : file.witnesses()) {
      witnesses.add(cosigner(witness));
    }
    return witnesses;
  }

  private static Replicator.Cosigner cosigner(GatewayFile.Cosigner cosigner) throws IOException {
    return new Replicator.Cosigner(cosigner.url(), cosigner.verifier().load());
  }

  private static List<PassportDesk.Supplier> passportSources(
      GatewayFile file, List<GatewayConfig.Supplier> suppliers) {
    List<PassportDesk.Supplier> sources = new ArrayList<>();
    for (int i = 0; i < suppliers.size(); i++) {
      GatewayConfig.Supplier supplier = suppliers.get(i);
      sources.add(
          new PassportDesk.Supplier(
              supplier.facility(),
              supplier.log(),
              supplier.gatewayKey(),
              file.suppliers().get(i).passports(),
              file.policy()
                  .orElseGet(() -> TlogPolicy.all(List.of(), List.of(), List.of()))
                  .knowing(List.of(supplier.log()))));
    }
    return sources;
  }

  private static GatewayConfig.Address address(HostPort hostPort) {
    return new GatewayConfig.Address(hostPort.host(), hostPort.port());
  }
}
