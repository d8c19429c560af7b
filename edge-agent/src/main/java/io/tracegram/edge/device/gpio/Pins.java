package io.tracegram.edge.device.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.context.ContextBuilder;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The digital pins of this machine, or simulated ones that behave alike. Thread-safe; opened when
 * the first pin is used.
 */
public final class Pins implements AutoCloseable {
  /** Of a simulated pulse and of its pause: far from every limit, however fast it is told. */
  private static final long SIMULATED_HALF = Duration.ofSeconds(10).toNanos();

  private final boolean simulated;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, DigitalInput> inputs = new HashMap<>();
  private final Map<Integer, DigitalOutput> outputs = new HashMap<>();
  private @Nullable Context context;
  private long simulatedNanos;

  /** Hears of an input. */
  interface Edges {
    /**
     * Takes a change of level.
     *
     * @param closed whether the output at the pin now pulls it down
     * @param nanos monotonic time of it
     */
    void edge(boolean closed, long nanos);
  }

  /** Switches an output. */
  interface Switch {
    void set(boolean on);
  }

  private Pins(boolean simulated, LongSupplier nanos) {
    this.simulated = simulated;
    this.nanos = nanos;
  }

  /**
   * Returns the pins of this machine, by libgpiod.
   *
   * @param nanos monotonic time
   */
  public static Pins ofMachine(LongSupplier nanos) {
    return new Pins(false, nanos);
  }

  /** Returns pins that only {@link #pulse} moves. */
  public static Pins simulated() {
    return new Pins(true, () -> 0);
  }

  boolean isSimulated() {
    return simulated;
  }

  /**
   * Listens to an input with a pull-up, at which an output is open or pulls down.
   *
   * @throws PinException if it cannot be used
   */
  void listen(int pin, long debounceMicros, Edges edges) throws PinException {
    lock.lock();
    try {
      Context open = open();
      DigitalInput input =
          open.create(
              DigitalInput.newConfigBuilder(open)
                  .id("in-" + pin)
                  .address(pin)
                  .pull(PullResistance.PULL_UP)
                  .debounce(debounceMicros)
                  .provider(simulated ? "mock-digital-input" : "gpiod-digital-input")
                  .build());
      if (input instanceof MockDigitalInput mock) {
        MockDigitalInput unused = mock.mockState(DigitalState.HIGH);
      }
      input.addListener(event -> edges.edge(event.state().isLow(), now()));
      inputs.put(pin, input);
    } catch (Pi4JException | IllegalStateException | LinkageError e) {
      shut();
      throw new PinException(reason(pin, e), e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns an output that is off.
   *
   * @throws PinException if it cannot be used
   */
  Switch output(int pin) throws PinException {
    lock.lock();
    try {
      Context open = open();
      DigitalOutput output =
          open.create(
              DigitalOutput.newConfigBuilder(open)
                  .id("out-" + pin)
                  .address(pin)
                  .initial(DigitalState.LOW)
                  .shutdown(DigitalState.LOW)
                  .provider(simulated ? "mock-digital-output" : "gpiod-digital-output")
                  .build());
      outputs.put(pin, output);
      return on -> {
        DigitalOutput unused = output.setState(on);
      };
    } catch (Pi4JException | IllegalStateException | LinkageError e) {
      throw new PinException(reason(pin, e), e);
    } finally {
      lock.unlock();
    }
  }

  /** Says whether an output is on; of use where pins are simulated. */
  boolean isOn(int pin) {
    lock.lock();
    try {
      DigitalOutput output = outputs.get(pin);
      return output != null && output.state().isHigh();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves a simulated input; whoever listens has heard it when this returns.
   *
   * @return whether anybody listens at the pin
   */
  boolean pulse(int pin, int count) {
    lock.lock();
    try {
      if (!(inputs.get(pin) instanceof MockDigitalInput input)) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        simulatedNanos += SIMULATED_HALF;
        MockDigitalInput low = input.mockState(DigitalState.LOW);
        simulatedNanos += SIMULATED_HALF;
        MockDigitalInput high = low.mockState(DigitalState.HIGH);
        inputs.put(pin, high);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return simulated ? simulatedNanos : nanos.getAsLong();
  }

  private Context open() {
    if (context == null) {
      ContextBuilder builder = Pi4J.newContextBuilder().disableShutdownHook();
      // the machine's provider finds its chips only when Pi4J finds the provider by itself
      context =
          simulated
              ? builder
                  .noAutoDetect()
                  .add(
                      MockDigitalInputProvider.newInstance(),
                      MockDigitalOutputProvider.newInstance())
                  .build()
              : builder.autoDetectProviders().build();
    }
    return context;
  }

  /** Forgets a machine without chips, so that a later try looks again. */
  private void shut() {
    if (context != null && inputs.isEmpty() && outputs.isEmpty()) {
      Context unused = context.shutdown();
      context = null;
    }
  }

  private static String reason(int pin, Throwable cause) {
    return "pin "
        + pin
        + " cannot be used ("
        + cause.getMessage()
        + "): see that this machine has a /dev/gpiochip, that this user may use it, and that no"
        + " other program does";
  }

  /** Ends all listening, and turns all outputs off. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (context != null) {
        Context unused = context.shutdown();
        context = null;
        inputs.clear();
        outputs.clear();
      }
    } finally {
      lock.unlock();
    }
  }
}
