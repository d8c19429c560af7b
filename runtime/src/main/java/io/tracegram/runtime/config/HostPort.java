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

  /** Returns {@code host:port}. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
