package io.tracegram.deploy.probe;

import io.tracegram.edge.device.Observation;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts what a driver observed into rows. Pure. */
final class DeviceLook {
  private DeviceLook() {}

  /**
   * @param counts the unit of the device's cumulative registers
   */
  static List<RegisterRow> rows(List<Observation> observations, Unit counts) {
    List<RegisterRow> rows = new ArrayList<>();
    for (Observation observation : observations) {
      switch (observation) {
        case Observation.Measured(String device, String serial, var values, long age) -> {
          for (Observation.Value value : values) {
            rows.add(row(value, counts));
          }
          if (!serial.isEmpty()) {
            rows.add(new RegisterRow("serial", "", "", "", serial, "", "as it reports", true));
          }
        }
        case Observation.Weighed(String device, var mass) ->
            rows.add(
                new RegisterRow("weight", "", "", "", mass(mass.milligrams()), "", "stable", true));
        case Observation.Refused(String device, String code, String reason) ->
            rows.add(refused(code, reason));
        case Observation.Bad(String device, String code, String reason) ->
            rows.add(refused(code, reason));
        // said by the rows
        case Observation.Good good -> {}
        case Observation.Scanned scanned -> {}
        case Observation.TagsSeen seen -> {}
      }
    }
    return rows;
  }

  private static RegisterRow row(Observation.Value value, Unit counts) {
    Unit unit = value.register().cumulative() ? counts : Unit.WATT;
    return new RegisterRow(
        value.register().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "",
        "",
        "",
        amount(value.baseUnits(), unit),
        amount(value.resolution(), unit),
        "plausible",
        true);
  }

  private static RegisterRow refused(String code, String reason) {
    return new RegisterRow(code, "", "", "", "", "", reason, false);
  }

  /** Returns an amount of base units in a unit, exactly. */
  static String amount(long baseUnits, Unit unit) {
    return plain(BigDecimal.valueOf(baseUnits).divide(unit.baseUnits())) + " " + unit.symbol();
  }

  private static String mass(long milligrams) {
    return plain(BigDecimal.valueOf(milligrams, 6)) + " kg";
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
