package io.tracegram.deploy.probe;

import io.tracegram.edge.device.RegisterReader;
import io.tracegram.edge.device.RegisterReader.Refused;
import io.tracegram.edge.device.RegisterReader.Words;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Reads a range of registers in blocks, and in halves of a block where the device refuses it, since
 * a device refuses a whole block for one register that it does not have. Single-threaded.
 */
final class Scan {
  private final RegisterReader device;
  private final int largestBlock;
  private final IntConsumer progress;
  private final Map<Integer, Integer> words = new TreeMap<>();

  /**
   * What was read.
   *
   * @param stopped why the rest was not, if the device ceased to answer
   */
  record Result(RegisterImage image, Optional<Refused> stopped) {}

  /**
   * @param largestBlock registers in one request, range [1, 125]
   * @param progress told the next address
   */
  Scan(RegisterReader device, int largestBlock, IntConsumer progress) {
    this.device = device;
    this.largestBlock = largestBlock;
    this.progress = progress;
  }

  /** Reads from one address to another, both included. */
  Result read(Table table, AddressRange range) throws InterruptedException {
    words.clear();
    Optional<Refused> stopped = Optional.empty();
    for (int at = range.from(); at <= range.to() && stopped.isEmpty(); at += largestBlock) {
      progress.accept(at);
      stopped = block(table, at, Math.min(largestBlock, range.to() + 1 - at));
    }
    return new Result(new RegisterImage(table, words), stopped);
  }

  private Optional<Refused> block(Table table, int address, int count) throws InterruptedException {
    switch (device.read(table, address, count)) {
      case Words(var read) -> {
        for (int i = 0; i < count; i++) {
          words.put(address + i, read.get(i));
        }
        return Optional.empty();
      }
      case Refused refused -> {
        if (!refused.exception()) {
          return Optional.of(refused);
        }
        if (count == 1) {
          return Optional.empty();
        }
        // an even half: many meters do not give one half of a value
        int half = count == 2 ? 1 : Math.ceilDiv(count, 4) * 2;
        Optional<Refused> stopped = block(table, address, half);
        return stopped.isPresent() ? stopped : block(table, address + half, count - half);
      }
    }
  }
}
