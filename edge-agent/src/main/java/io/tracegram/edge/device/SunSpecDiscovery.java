package io.tracegram.edge.device;

import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.SunSpecMap;
import io.tracegram.runtime.profile.SunSpecWalk;
import io.tracegram.runtime.profile.SunSpecWalk.Step;
import java.util.List;

/** Asks a device where its SunSpec meter is. Stateless. */
final class SunSpecDiscovery {
  private SunSpecDiscovery() {}

  /** Sends one request and waits for its reply. */
  interface Requests {
    ModbusReply read(RegisterBlock block) throws InterruptedException;
  }

  /** What came of it. */
  sealed interface Outcome {}

  record Found(SunSpecMap map) implements Outcome {}

  /**
   * No meter.
   *
   * @param code such as {@code sunspec.not-found}
   */
  record Lost(String code, String reason) implements Outcome {}

  static Outcome run(Requests requests, ModbusRoute route) throws InterruptedException {
    SunSpecWalk walk = new SunSpecWalk();
    Step step = walk.start();
    while (true) {
      switch (step) {
        case Step.Found(SunSpecMap map) -> {
          return new Found(map);
        }
        case Step.Refused(String reason) -> {
          return new Lost("sunspec.not-found", route + ": " + reason);
        }
        case Step.Ask(RegisterDefinition registers) -> {
          switch (requests.read(new RegisterBlock(List.of(registers)))) {
            case ModbusReply.Words words -> step = walk.next(words.bytes(0, 4));
            case ModbusReply.Failed failed -> {
              if (!failed.code().equals("modbus.exception") || !walk.mayBeAbsent()) {
                return new Lost(failed.code(), failed.reason());
              }
              step = walk.absent();
            }
          }
        }
      }
    }
  }

  static String moved(ModbusRoute route, SunSpecMap map) {
    return "%s no longer has SunSpec model %d at %d: its models are looked for anew"
        .formatted(route, map.model(), map.address());
  }
}
