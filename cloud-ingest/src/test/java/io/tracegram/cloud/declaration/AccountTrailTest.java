package io.tracegram.cloud.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.cloud.inventory.AuditedBatch;
import io.tracegram.cloud.inventory.AuditedBatch.Logged;
import io.tracegram.cloud.inventory.Database;
import io.tracegram.cloud.inventory.DeclaredPart;
import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.PostgresStore;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.cloud.mirror.Mirror;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.LotDetail;
import io.tracegram.ledger.account.Revision;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.lot.Burden;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.cosign.Cosigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lots that several facilities accounted. */
class AccountTrailTest {
  private static final List<String> FACILITIES = List.of("mine", "smelter", "refinery", "works");
  private static final LotId ORE = LotId.ofLot("09520000000011", "O");
  private static final LotId TRAVELS = LotId.ofLot("09520000000028", "T");
  private static final LotId CLAIMED_TWICE = LotId.ofLot("09520000000028", "C");
  private static final LotId PACK = LotId.ofSerial("09520000000035", "S1");

  /**
   * The mine makes T of ore, the smelter and then the refinery rework it, the works build it into a
   * pack.
   */
  @Test
  void theLastFacilitysAccountOfALotThatTravelsOnCounts(@TempDir Path directory) throws Exception {
    try (Database database = Database.embedded(directory.resolve("database"));
        Mirror mirror = mirror(directory.resolve("mirror"))) {
      PostgresStore store = PostgresStore.open(database.source());
      LotAccount first = account(TRAVELS, ORE, 100, LotAccount.Basis.SECONDARY);
      LotAccount second = account(TRAVELS, TRAVELS, 107, LotAccount.Basis.PASSPORT);
      LotAccount third = account(TRAVELS, TRAVELS, 114, LotAccount.Basis.PASSPORT);
      LotAccount pack = account(PACK, TRAVELS, 121, LotAccount.Basis.PASSPORT);
      LotAccount other = account(CLAIMED_TWICE, ORE, 100, LotAccount.Basis.SECONDARY);
      store(store, "mine", first, other);
      store(store, "smelter", second, other);
      store(store, "refinery", third);
      store(store, "works", pack);
      AccountTrail trail =
          new AccountTrail("http://cloud.example", logs(mirror), new LotQueries(database.source()));

      assertThat(trail.made(TRAVELS)).contains(new StoredLot("refinery", 0, third));
      assertThat(trail.made(CLAIMED_TWICE)).as("neither rests on the other").isEmpty();
      assertThat(trail.journey(trail.made(PACK).orElseThrow()).stops())
          .as("T as each of three left it, and the ore that the mine itself tells of")
          .extracting(stop -> stop.part().facility())
          .containsExactly("refinery", "smelter", "mine", "mine");
    }
  }

  /** The works received ore by its supplier's footprint, leaf 3 of its log, signed. */
  @Test
  void aDeclaredPartLeadsToItsSuppliersFootprint(@TempDir Path directory) throws Exception {
    try (Database database = Database.embedded(directory.resolve("database"));
        Mirror mirror = mirror(directory.resolve("mirror"))) {
      PostgresStore store = PostgresStore.open(database.source());
      store.register("works", origin("works"));
      Hash key = Hash.sha256(new byte[] {7});
      store.store(
          new AuditedBatch(
              "works",
              9,
              List.of(),
              List.of(new Logged<>(8, madeOfDeclaredOre())),
              List.of(new DeclaredPart(PACK, ORE, 3, Optional.of(key))),
              List.of(),
              List.of(),
              Optional.empty()));
      AccountTrail trail =
          new AccountTrail("http://cloud.example", logs(mirror), new LotQueries(database.source()));

      Journey journey = trail.journey(trail.made(PACK).orElseThrow());

      assertThat(journey.stops().getFirst().footprint())
          .contains(
              new Journey.Footprint(
                  origin("works"),
                  3,
                  Optional.of(key),
                  "http://cloud.example/api/v1/footprints?facility=works&index=3"));
    }
  }

  private static void store(PostgresStore store, String facility, LotAccount... accounts) {
    store.register(facility, origin(facility));
    List<Logged<LotAccount>> logged = new ArrayList<>();
    for (LotAccount account : accounts) {
      logged.add(new Logged<>(logged.size(), account));
    }
    store.store(new AuditedBatch(facility, logged.size(), List.of(), logged, List.of()));
  }

  /** A lot with 7 µg of its own. */
  private static LotAccount account(
      LotId lot, LotId of, long inheritedMicrograms, LotAccount.Basis basis) {
    Co2e inherited = new Co2e(inheritedMicrograms);
    return new LotAccount(
        lot,
        "Product",
        new Mass(1_000_000),
        new Share(new Energy(5), new Co2e(7)),
        inherited,
        new Co2e(40),
        List.of(new LotAccount.Input(of, "Material", new Mass(1_000_000), inherited, basis)));
  }

  private static LotAccount madeOfDeclaredOre() {
    Mass mass = new Mass(1_000_000);
    return new LotAccount(
        PACK,
        "Product",
        mass,
        Energy.ZERO,
        List.of(
            new LotAccount.Input(ORE, "Material", mass, new Co2e(100), LotAccount.Basis.DECLARED)),
        new LotDetail(
            Revision.FIRST,
            Basis.LB_ANNUAL,
            Burden.NONE,
            Burden.NONE,
            Burden.inherited(new Co2e(100), Co2e.ZERO)));
  }

  private static Mirror mirror(Path directory) throws IOException {
    List<NoteKey> keys =
        FACILITIES.stream()
            .map(
                facility ->
                    new NoteKey(
                        origin(facility),
                        NoteKey.Type.LOG,
                        key(FACILITIES.indexOf(facility) + 1).publicKey()))
            .toList();
    PrivateKey own = key(0);
    return Mirror.open(
        directory,
        keys,
        List.of(),
        TlogPolicy.all(keys, List.of(), List.of()),
        new Cosigner(
            new NoteKey("cloud.example/mirror", NoteKey.Type.COSIGNER, own.publicKey()),
            own,
            Clock.systemUTC()));
  }

  private static Map<String, MirroredLog> logs(Mirror mirror) {
    Map<String, MirroredLog> logs = new LinkedHashMap<>();
    FACILITIES.forEach(facility -> logs.put(facility, mirror.log(origin(facility)).orElseThrow()));
    return logs;
  }

  private static PrivateKey key(int seed) {
    return PrivateKey.of(Algorithm.ED25519, Hash.sha256(new byte[seed]).bytes());
  }

  private static String origin(String facility) {
    return "example.com/" + facility;
  }
}
