package io.tracegram.edge.device;

import io.tracegram.edge.device.ModbusReply.Then;
import io.tracegram.edge.retry.Backoff;
import io.tracegram.runtime.config.BusConnection;
import io.tracegram.runtime.config.HostPort;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Modbus device's registers as they stand, for a person who sets it up; writes nothing.
 * Single-threaded; a read blocks for a few seconds at most.
 */
public final class RegisterReader implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** What a device answered to one request. */
  public sealed interface Answer {}

  /**
   * Its registers.
   *
   * @param words each in the range [0, 65535], as many as asked for
   */
  public record Words(List<Integer> words) implements Answer {
    public Words {
      words = List.copyOf(words);
    }
  }

  /**
   * No registers.
   *
   * @param code such as {@code modbus.timeout}
   * @param exception it answered, with a Modbus exception
   * @param reason what, with which device, and what to do next
   */
  public record Refused(String code, boolean exception, String reason) implements Answer {}

  private final ModbusRoute route;
  private final AutoCloseable owned;
  private final long gapNanos;
  private final LongSupplier nanos;
  private @Nullable ModbusLine line;
  private long quietUntil;

  private RegisterReader(ModbusRoute route, AutoCloseable owned, Duration gap, LongSupplier nanos) {
    this.route = route;
    this.owned = owned;
    this.gapNanos = gap.toNanos();
    this.nanos = nanos;
    this.quietUntil = nanos.getAsLong();
  }

  /**
   * Reads over Modbus TCP.
   *
   * @param unit Modbus unit id, range [0, 255]
   * @param gap least time between an answer and the next request
   * @param nanos monotonic time
   */
  public static RegisterReader of(HostPort address, int unit, Duration gap, LongSupplier nanos) {
    ModbusNetwork network = new ModbusNetwork();
    return new RegisterReader(new ModbusRoute.Tcp(address, unit, network), network, gap, nanos);
  }

  /**
   * Reads over Modbus RTU.
   *
   * @param unit Modbus unit id, range [1, 247]
   * @param gap least time between an answer and the next request
   * @param nanos monotonic time
   */
  public static RegisterReader of(
      BusConnection connection, int unit, Duration gap, LongSupplier nanos) {
    Duration pause = Duration.ofMillis(1);
    Bus bus = new Bus(connection, new Backoff(pause, pause, RandomGenerator.getDefault()), nanos);
    return new RegisterReader(new ModbusRoute.OnBus(bus, unit), bus, gap, nanos);
  }

  /**
   * Reads registers.
   *
   * @param address of the first as sent, range [0, 0xFFFF]
   * @param count range [1, 125]
   */
  public Answer read(Table table, int address, int count) throws InterruptedException {
    long early = quietUntil - nanos.getAsLong();
    if (early > 0) {
      Thread.sleep(Duration.ofNanos(early));
    }
    try {
      if (line == null) {
        line = ModbusLine.open(route, LONGEST);
      }
      return answer(line.read(RegisterBlock.raw(table, address, count), LONGEST), count);
    } catch (IOException e) {
      return new Refused(
          "modbus.unreachable",
          false,
          "cannot connect to "
              + route
              + " ("
              + e.getMessage()
              + "): check the address, the network and the meter's supply");
    } finally {
      quietUntil = nanos.getAsLong() + gapNanos;
    }
  }

  private Answer answer(ModbusReply reply, int count) {
    return switch (reply) {
      case ModbusReply.Failed(String code, String reason, Then then) -> {
        if (then != Then.GO_ON) {
          hangUp();
        }
        yield new Refused(code, code.equals("modbus.exception"), reason);
      }
      case ModbusReply.Words words -> {
        ByteBuffer bytes = ByteBuffer.wrap(words.bytes(0, 2 * count));
        List<Integer> read = new ArrayList<>();
        while (bytes.hasRemaining()) {
          read.add(Short.toUnsignedInt(bytes.getShort()));
        }
        yield new Words(read);
      }
    };
  }

  private void hangUp() {
    if (line != null) {
      line.close();
      line = null;
    }
  }

  @Override
  public void close() {
    hangUp();
    try {
      owned.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot close " + route, e);
    }
  }
}
