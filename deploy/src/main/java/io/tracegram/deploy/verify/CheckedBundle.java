package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.log.TilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One bundle of entries and the hash tile of the same leaves, as they were read. Immutable.
 *
 * @param bundle name of the bundle
 * @param entries as far as the bundle can be read
 * @param hashes of these entries
 * @param defect why the bundle is not exactly its entries
 * @param tile what the hash tile says, empty if it is not as long as it must be
 * @param tileDefect why the hash tile says nothing
 * @param unreadable true if the source failed: nothing more can be expected of it
 */
record CheckedBundle(
    TilePath bundle,
    List<byte[]> entries,
    List<Hash> hashes,
    Optional<String> defect,
    List<Hash> tile,
    Optional<String> tileDefect,
    boolean unreadable) {

  CheckedBundle {
    entries = List.copyOf(entries);
    hashes = List.copyOf(hashes);
    tile = List.copyOf(tile);
  }

  /** Reads a bundle and its tile; whatever is wrong with them is in the result. */
  static CheckedBundle read(LogSnapshot log, long index) {
    TilePath bundle = log.bundle(index);
    boolean unreadable = false;
    BundleBytes split;
    try {
      split =
          log.tile(bundle)
              .map(bytes -> BundleBytes.split(bytes, bundle.width()))
              .orElse(new BundleBytes(List.of(), Optional.of("is missing")));
    } catch (MalformedException e) {
      split = new BundleBytes(List.of(), Optional.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      split = new BundleBytes(List.of(), Optional.of("cannot be read: " + e.getMessage()));
      unreadable = true;
    }
    List<Hash> tile = List.of();
    Optional<String> tileDefect = Optional.empty();
    try {
      TilePath path = hashTile(bundle);
      Optional<byte[]> bytes = unreadable ? Optional.empty() : log.tile(path);
      tileDefect = defect(bytes, path);
      if (tileDefect.isEmpty()) {
        tile = hashes(bytes.orElseThrow());
      }
    } catch (MalformedException e) {
      tileDefect = Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      tileDefect = Optional.of("cannot be read: " + e.getMessage());
      unreadable = true;
    }
    return new CheckedBundle(
        bundle,
        split.entries(),
        split.entries().stream().map(Leaf::hash).toList(),
        split.defect(),
        tile,
        tileDefect,
        unreadable);
  }

  /** Returns the name of the level-0 tile beside a bundle. */
  static TilePath hashTile(TilePath bundle) {
    return new TilePath(0, bundle.index(), bundle.width());
  }

  /** Says why bytes are not a hash tile of this width. */
  static Optional<String> defect(Optional<byte[]> bytes, TilePath path) {
    int expected = path.width() * Hash.LENGTH;
    if (bytes.isEmpty()) {
      return Optional.of("is missing");
    }
    return bytes.get().length == expected
        ? Optional.empty()
        : Optional.of("holds %d bytes, not %d".formatted(bytes.get().length, expected));
  }

  static List<Hash> hashes(byte[] tile) {
    List<Hash> hashes = new ArrayList<>(tile.length / Hash.LENGTH);
    for (int at = 0; at < tile.length; at += Hash.LENGTH) {
      hashes.add(Hash.of(Arrays.copyOfRange(tile, at, at + Hash.LENGTH)));
    }
    return hashes;
  }

  /** Returns the index of the first leaf. */
  long first() {
    return bundle.index() * TilePath.FULL;
  }

  /** Returns the positions at which an entry's hash is not the one in the tile. */
  List<Integer> differences() {
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < Math.min(hashes.size(), tile.size()); i++) {
      if (!hashes.get(i).equals(tile.get(i))) {
        differing.add(i);
      }
    }
    return differing;
  }
}
