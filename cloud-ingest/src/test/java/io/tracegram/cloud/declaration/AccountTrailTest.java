package io.tracegram.cloud.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.cloud.inventory.AuditedBatch;
import io.tracegram.cloud.inventory.AuditedBatch.Logged;
import io.tracegram.cloud.inventory.Database;
import io.tracegram.cloud.inventory.LotQueries;
import io.tracegram.cloud.inventory.PostgresStore;
import io.tracegram.cloud.inventory.StoredLot;
import io.tracegram.cloud.mirror.Mirror;
import io.tracegram.cloud.mirror.MirroredLog;
import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.Share;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lots that several facilities accounted. */
class AccountTrailTest {
  private static final List<String> FACILITIES = List.of("mine", "smelter", "works");
  private static final LotId ORE = LotId.ofLot("09520000000011", "O");
  private static final LotId TRAVELS = LotId.ofLot("09520000000028", "T");
  private static final LotId CLAIMED_TWICE = LotId.ofLot("09520000000028", "C");
  private static final LotId PACK = LotId.ofSerial("09520000000035", "S1");

  /** The mine makes T of ore, the smelter reworks it, the works build it into a pack. */
  @Test
  void theLastFacilitysAccountOfALotThatTravelsOnCounts(@TempDir Path directory) throws Exception {
    try (Database database = Database.embedded(directory.resolve("database"));
        Mirror mirror = mirror(directory.resolve("mirror"))) {
      PostgresStore store = PostgresStore.open(database.source());
      LotAccount first = account(TRAVELS, ORE, LotAccount.Basis.SECONDARY);
      LotAccount reworked = account(TRAVELS, TRAVELS, LotAccount.Basis.PASSPORT);
      LotAccount pack = account(PACK, TRAVELS, LotAccount.Basis.PASSPORT);
      LotAccount other = account(CLAIMED_TWICE, ORE, LotAccount.Basis.SECONDARY);
      store(store, "mine", first, other);
      store(store, "smelter", reworked, other);
      store(store, "works", pack);
      AccountTrail trail =
          new AccountTrail("http://cloud.example", logs(mirror), new LotQueries(database.source()));

      assertThat(trail.made(TRAVELS)).contains(new StoredLot("smelter", 0, reworked));
      assertThat(trail.made(CLAIMED_TWICE)).as("neither rests on the other").isEmpty();
      assertThat(trail.journey(trail.made(PACK).orElseThrow()).stops())
          .as("the smelter's T, the mine's T, and the ore that the mine itself tells of")
          .extracting(stop -> stop.part().facility())
          .containsExactly("smelter", "mine", "mine");
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

  private static LotAccount account(LotId lot, LotId of, LotAccount.Basis basis) {
    return new LotAccount(
        lot,
        "Product",
        new Mass(1_000_000),
        new Share(new Energy(5), new Co2e(7)),
        new Co2e(100),
        new Co2e(40),
        List.of(new LotAccount.Input(of, "Material", new Mass(1_000_000), new Co2e(100), basis)));
  }

  private static Mirror mirror(Path directory) throws IOException {
    List<NoteKey> keys =
        FACILITIES.stream()
            .map(
                facility ->
                    new NoteKey(
                        origin(facility), NoteKey.Type.LOG, key(facility.length()).publicKey()))
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
