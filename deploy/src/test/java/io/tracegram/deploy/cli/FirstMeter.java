package io.tracegram.deploy.cli;

/** The meter of {@link FirstMeterTest}, in a process of its own. */
final class FirstMeter {
  private FirstMeter() {}

  public static void main(String[] arguments) throws Throwable {
    new LibmodbusTcpSlave(arguments[0], Integer.parseInt(arguments[1]), 0xFFFF)
        .input(0x0048, "4640E6B6")
        .input(0x0034, "45834000")
        .holding(0xFC00, "015457CB")
        .start();
    Thread.currentThread().join();
  }
}
