package io.tracegram.edge.device.coap;

import io.tracegram.runtime.config.CoapPeer;
import io.tracegram.runtime.config.CoapSecurity;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.profile.CoapProfile;
import java.time.Duration;

/**
 * Which meter, how it talks and how it shows who it is. Immutable.
 *
 * @param serial what it must report, empty if anything will do
 */
record CoapMeterSettings(String id, String serial, MeterAccess.Coap access) {
  CoapProfile profile() {
    return access.profile();
  }

  CoapPeer peer() {
    return access.peer();
  }

  CoapSecurity security() {
    return access.security();
  }

  Duration timeout() {
    return Duration.ofMillis(profile().timeoutMillis());
  }
}
