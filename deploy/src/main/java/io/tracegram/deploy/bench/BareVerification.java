package io.tracegram.deploy.bench;

import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The CPU time of one ES256 verification of a statement-sized message, and nothing else. Measured
 * in short bursts while the load runs: both sides then share the same clock rate, caches and
 * neighbours. Warmed up when constructed; started and stopped once.
 */
final class BareVerification implements AutoCloseable {
  private static final int WARM_UP = 15_000;
  private static final int BURST = 100;
  private static final long PAUSE_MILLIS = 150;
  private static final int MESSAGES = 64;
  private static final int MESSAGE_BYTES = 600;

  private final PublicKey key;
  private final byte[][] messages = new byte[MESSAGES][MESSAGE_BYTES];
  private final byte[][] signatures = new byte[MESSAGES][];
  private final Thread thread = new Thread(this::run, "bare-verification");
  private volatile boolean stopping;
  private long nanos;
  private long rounds;

  BareVerification() {
    PrivateKey signer = BenchPlant.agentKey(0);
    key = signer.publicKey();
    for (int i = 0; i < MESSAGES; i++) {
      Arrays.fill(messages[i], (byte) i);
      signatures[i] = signer.sign(messages[i]);
    }
    verify(WARM_UP);
  }

  void start() {
    thread.start();
  }

  /** Ends the bursts and returns the mean CPU time of one verification, in nanoseconds. */
  double stop() throws InterruptedException {
    stopping = true;
    thread.join();
    return (double) nanos / rounds;
  }

  private void run() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try {
      do {
        long before = threads.getCurrentThreadCpuTime();
        verify(BURST);
        nanos += threads.getCurrentThreadCpuTime() - before;
        rounds += BURST;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } while (!stopping);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void verify(int count) {
    for (int i = 0; i < count; i++) {
      if (!key.verify(messages[i % MESSAGES], signatures[i % MESSAGES])) {
        throw new AssertionError("a good signature does not verify");
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
  }
}
