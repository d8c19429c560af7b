package io.tracegram.deploy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a program running until SIGTERM, SIGINT or its own failure, then stops it in order.
 * Thread-safe.
 */
final class LongRunning {
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger code = new AtomicInteger(Tracegram.FINE);

  /** Stops a program; what it promised to have done when this returns is done. */
  interface Stop {
    void stop() throws Exception;
  }

  /** Ends the program because of its own failure, or because its work is done. */
  void end(int exitCode) {
    code.compareAndSet(Tracegram.FINE, exitCode);
    ending.countDown();
  }

  /** Blocks until the program is to end, stops it and returns the exit code. */
  int run(Stop program) throws Exception {
    Thread hook = Thread.ofPlatform().unstarted(this::interrupted);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      ending.await();
      program.stop();
    } finally {
      stopped.countDown();
    }
    return code.get();
  }

  private void interrupted() {
    ending.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
