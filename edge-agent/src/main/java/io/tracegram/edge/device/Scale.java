package io.tracegram.edge.device;

/** Gives the weight that lies on it now. Single-threaded. */
public interface Scale extends AutoCloseable {
  /**
   * Asks for a stable weight and waits for it, up to the profile's timeout.
   *
   * @return a {@code Weighed}, a {@code Refused} if the weight is none to be accounted, or a {@code
   *     Bad} if the scale gives none
   */
  Observation weigh();

  /** Connects if need be: a {@code Good} or a {@code Bad}. */
  Observation probe();

  @Override
  void close();
}
