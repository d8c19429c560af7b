package io.tracegram.deploy.simulator;

/** What a simulated meter shows to whoever reads it. */
interface MeterDisplay {
  /**
   * Shows new values, encoded as the meter does.
   *
   * @param energyMilliwattHours imported so far, mWh; of another carrier, millionths of its unit
   * @param powerMilliwatts now, mW
   */
  void show(long energyMilliwattHours, long powerMilliwatts);
}
