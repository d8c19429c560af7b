package io.tracegram.runtime.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a web server listens and under which host names it may be called. Immutable.
 *
 * @param host address to bind; anything but a loopback address needs at least one name
 * @param port 0 lets the system choose
 * @param names host names, lower case and without port, that callers may use besides localhost
 */
public record WebAddress(String host, int port, Set<String> names) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  public WebAddress {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    names = Set.copyOf(lower);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in [0, 65535]");
    }
    if (names.isEmpty() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "listening on "
              + host
              + " shows this service to the network: name the host names it is called by, or listen"
              + " on 127.0.0.1");
    }
  }

  public static WebAddress loopback(int port) {
    return new WebAddress("127.0.0.1", port, Set.of());
  }

  /** Says whether a request that names {@code host} (without port) is meant for this server. */
  boolean isCalled(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(lower) || names.contains(lower);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
