package io.tracegram.runtime.config;

import java.util.HashMap;
import java.util.Map;

/** Which device is where: two at one address would be one device counted twice. Single-threaded. */
final class DeviceAddresses {
  private final Map<String, String> devices = new HashMap<>();

  /** Reports an address that another device has. */
  void claim(YamlMap yaml, HostPort address, String id) {
    if (address.port() != 0) { // else already reported
      claim(yaml, "address", address.toString(), id);
    }
  }

  /**
   * @param where unique text of a place, for people
   */
  void claim(YamlMap yaml, String key, String where, String id) {
    String other = devices.putIfAbsent(where, id);
    if (other != null) {
      yaml.error(key, "duplicate-address", where + " is already the device '" + other + "'");
    }
  }
}
