package io.tracegram.deploy.probe;

import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was read of one table of a device, with holes where it has no registers. Immutable.
 *
 * @param words by address as sent, each in the range [0, 65535]
 */
record RegisterImage(Table table, NavigableMap<Integer, Integer> words) {
  RegisterImage(Table table, Map<Integer, Integer> words) {
    this(table, new TreeMap<>(words));
  }

  NavigableSet<Integer> addresses() {
    return words.navigableKeySet();
  }

  /** Returns registers as they were sent, empty if one of them was not read. */
  Optional<byte[]> bytes(int address, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * count);
    for (int i = 0; i < count; i++) {
      Integer word = words.get(address + i);
      if (word == null) {
        return Optional.empty();
      }
      bytes.putShort(word.shortValue());
    }
    return Optional.of(bytes.array());
  }
}
