package io.tracegram.deploy.verify;

import io.tracegram.ledger.account.AccountCodec;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.MerkleTree;
import io.tracegram.ledger.evidence.log.SignedNote;
import io.tracegram.ledger.evidence.log.TilePath;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.log.TlogProof;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.verification.LeafCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes receipts from a log at its newest checkpoint. Single-threaded. */
public final class Prover {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LogSnapshot log;

  /** Which figure is asked for. */
  public sealed interface Wanted {
    /** The leaf of an index. */
    record OfLeaf(long index) implements Wanted {}

    /** The newest account of a lot; of what is in a silo, the event that poured it. */
    record OfLot(LotId lot) implements Wanted {}

    /** The newest account of the interval that an instant lies in. */
    record OfInterval(Instant instant) implements Wanted {}
  }

  private Prover(LogSnapshot log) {
    this.log = log;
  }

  /**
   * Reads a source's newest checkpoint.
   *
   * @param policy waited for a while if the log is growing; empty to use what comes with the source
   * @throws MalformedException if the source has no checkpoint to prove anything under
   */
  public static Prover of(LogSource source, Optional<TlogPolicy> policy) throws IOException {
    boolean known =
        policy.isPresent() || source.ownPolicy().isPresent() || source.ownVkey().isPresent();
    if (!known) {
      return new Prover(LogSnapshot.take(source, note -> true, PATIENCE));
    }
    Trust trust = Trust.of(policy, source);
    return new Prover(LogSnapshot.take(source, note -> trust.judge(note).accepted(), PATIENCE));
  }

  /** Returns the checkpoint that receipts are made under. */
  public SignedNote checkpoint() {
    return log.note();
  }

  /**
   * Makes a receipt, and checks it before it is handed out.
   *
   * @throws IOException if there is no such figure, or the source is damaged
   */
  public Receipt prove(Wanted wanted) throws IOException {
    long index = find(wanted);
    byte[] leaf = bundle(index / TilePath.FULL).get((int) (index % TilePath.FULL));
    try {
      List<Hash> path = MerkleTree.inclusionProof(new TileNodes(log), index, log.head().size());
      if (!MerkleTree.verifyInclusion(
          Leaf.hash(leaf), index, log.head().size(), path, log.head().root())) {
        throw damaged("leaf " + index + " is not under the root of the checkpoint");
      }
      return new Receipt(Content.of(leaf), new TlogProof(index, path, log.note()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private long find(Wanted wanted) throws IOException {
    long size = log.head().size();
    return switch (wanted) {
      case Wanted.OfLeaf(long index) -> {
        if (index < 0 || index >= size) {
          throw new IOException("there is no leaf %d in a log of %d".formatted(index, size));
        }
        yield index;
      }
      case Wanted.OfLot(LotId lot) when lot.isContent() ->
          newest(derived -> pours(derived, lot), "no event that poured " + lot + " is in the log");
      case Wanted.OfLot(LotId lot) ->
          newestAccount(
              account ->
                  account instanceof AccountCodec.Account.OfLot of
                      && of.account().lot().equals(lot),
              "no account of lot " + lot + " is in the log: its production may not be closed yet");
      case Wanted.OfInterval(Instant instant) ->
          newestAccount(
              account -> covers(account, instant.toEpochMilli()),
              "no account of an interval around " + instant + " is in the log");
    };
  }

  private static boolean covers(AccountCodec.Account account, long millis) {
    return switch (account) {
      case AccountCodec.Account.OfInterval of ->
          of.account().startMillis() <= millis && of.account().endMillis() > millis;
      case AccountCodec.Account.OfFacility of ->
          of.account().startMillis() <= millis && of.account().endMillis() > millis;
      case AccountCodec.Account.OfLot _,
          AccountCodec.Account.OfPeriod _,
          AccountCodec.Account.OfAbsorption _ ->
          false;
    };
  }

  private static boolean pours(Body.Derived derived, LotId content) {
    if (derived.kind() != Kind.CUSTODY_EVENT) {
      return false;
    }
    try {
      return CustodyEventCodec.decode(derived.content().bytes()).outputs().stream()
          .anyMatch(output -> output.lot().equals(content));
    } catch (MalformedException e) {
      return false;
    }
  }

  private long newestAccount(Predicate<AccountCodec.Account> wanted, String none)
      throws IOException {
    return newest(derived -> account(derived).filter(wanted).isPresent(), none);
  }

  private long newest(Predicate<Body.Derived> wanted, String none) throws IOException {
    long last = Math.ceilDiv(log.head().size(), (long) TilePath.FULL) - 1;
    for (long index = last; index >= 0; index--) {
      List<byte[]> entries = bundle(index);
      for (int i = entries.size() - 1; i >= 0; i--) {
        if (LeafCheck.of(entries.get(i)) instanceof LeafCheck.WellFormed(Leaf leaf, var _)
            && leaf.statement().statement().body() instanceof Body.Derived derived
            && wanted.test(derived)) {
          return index * TilePath.FULL + i;
        }
      }
    }
    throw new IOException(none);
  }

  private static Optional<AccountCodec.Account> account(Body.Derived derived) {
    if (derived.kind() != Kind.ACCOUNT) {
      return Optional.empty();
    }
    try {
      return Optional.of(AccountCodec.decode(derived.content().bytes()));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private List<byte[]> bundle(long index) throws IOException {
    TilePath path = log.bundle(index);
    byte[] bytes = read(path).orElseThrow(() -> damaged(path + " is missing"));
    BundleBytes bundle = BundleBytes.split(bytes, path.width());
    if (bundle.defect().isPresent()) {
      throw damaged(path + " " + bundle.defect().get());
    }
    return bundle.entries();
  }

  private Optional<byte[]> read(TilePath path) throws IOException {
    try {
      return log.tile(path);
    } catch (MalformedException e) {
      throw damaged(path + " " + e.getMessage());
    }
  }

  private IOException damaged(String what) {
    return new IOException(
        "not proven: %s; see what else is wrong: tracegram verify %s"
            .formatted(what, log.source().name()));
  }
}
