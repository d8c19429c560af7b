package io.tracegram.deploy.simulator;

import java.io.IOException;

/** What simulated meters listen with: a socket of one meter, or a bus of several. */
interface DeviceServer {
  /**
   * Starts to listen.
   *
   * @throws IOException if the address is taken
   */
  void start() throws IOException, InterruptedException;

  void stop() throws InterruptedException;
}
