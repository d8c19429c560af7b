package io.tracegram.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says about a process, read from {@code /proc} (man 5 proc).
 *
 * @param cpuNanos user and system time of all its threads so far, in steps of 10 ms
 * @param residentBytes memory resident now
 */
record ProcessUsage(long cpuNanos, long residentBytes) {
  private static final long NANOS_PER_TICK = 10_000_000;

  static ProcessUsage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(process.resolve("stat"));
    // the second field is a name in parentheses that may hold spaces
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    long kilobytes = 0;
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        kilobytes = Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return new ProcessUsage(ticks * NANOS_PER_TICK, kilobytes * 1_024);
  }
}
