package io.tracegram.runtime.config;

/**
 * A network address.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port range [0, 65535]; 0 lets the system choose where one listens
 */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isEmpty() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not an address: " + host + ":" + port);
    }
  }

  /**
   * Reads {@code host:port}, with or without {@code tcp://} before it.
   *
   * @throws IllegalArgumentException saying what is expected
   */
  public static HostPort parse(String text) {
    return Scalars.tcpAddress(text.startsWith("tcp://") ? text : "tcp://" + text);
  }

  /** Returns {@code host:port}. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
