package io.tracegram.runtime.config;

/** Where a meter that speaks CoAP is, or where it tells its values. Immutable. */
public sealed interface CoapPeer {
  /** Returns the resource's path, with a leading slash. */
  String path();

  /** It serves a resource, which is read or observed. */
  record Serves(HostPort address, String path) implements CoapPeer {
    @Override
    public String toString() {
      return address + path;
    }
  }

  /**
   * It sends to a resource of the agent.
   *
   * @param from the numeric address that it sends from; empty where DTLS says who it is
   */
  record Pushes(String from, String path) implements CoapPeer {
    @Override
    public String toString() {
      return from + path;
    }
  }
}
