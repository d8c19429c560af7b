package io.tracegram.deploy.probe;

import io.tracegram.edge.device.RegisterReader;
import io.tracegram.edge.device.RegisterReader.Refused;
import io.tracegram.edge.device.RegisterReader.Words;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.RegisterDecoder;
import io.tracegram.runtime.profile.RegisterDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads every register of a profile by itself, and says what it holds. Single-threaded. */
final class RegisterLook {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final RegisterReader device;
  private final String serial;

  /**
   * @param serial that the device must report, empty if any will do
   */
  RegisterLook(RegisterReader device, String serial) {
    this.device = device;
    this.serial = serial;
  }

  /** Reads; once the device does not answer, it is not asked further. */
  List<RegisterRow> rows(MeterProfile profile) throws InterruptedException {
    List<RegisterRow> rows = new ArrayList<>();
    for (RegisterDefinition register : profile.registers()) {
      switch (device.read(register.table(), register.address(), register.words())) {
        case Words(var words) -> rows.add(decoded(register, bytes(words)));
        case Refused refused -> {
          rows.add(row(register, "", "", "", refused.reason(), false));
          if (!refused.exception()) {
            return rows;
          }
        }
      }
    }
    return rows;
  }

  private RegisterRow decoded(RegisterDefinition register, byte[] bytes) {
    String raw = HEX.formatHex(bytes);
    return switch (RegisterDecoder.decode(register, bytes)) {
      case Decoded.Value(long value, long resolution) ->
          row(
              register,
              raw,
              DeviceLook.amount(value, register.unit()),
              DeviceLook.amount(resolution, register.unit()),
              "plausible",
              true);
      case Decoded.Identity(String text) -> identity(register, raw, text);
      case Decoded.NotAvailable() ->
          row(register, raw, "", "", "the meter says that it has none", true);
      case Decoded.Refused(String code, String reason) -> row(register, raw, "", "", reason, false);
    };
  }

  private RegisterRow identity(RegisterDefinition register, String raw, String text) {
    boolean right = serial.isEmpty() || serial.equals(text);
    return row(
        register, raw, text, "", right ? "as it reports" : "the plant file says " + serial, right);
  }

  private static RegisterRow row(
      RegisterDefinition register,
      String raw,
      String value,
      String resolution,
      String verdict,
      boolean sound) {
    return new RegisterRow(
        register.quantity().id(),
        "%02d".formatted(register.table().functionCode()),
        "0x%04X %s"
            .formatted(register.address(), Fit.modicon(register.table(), register.address())),
        raw,
        value,
        resolution,
        verdict,
        sound);
  }

  private static byte[] bytes(List<Integer> words) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * words.size());
    words.forEach(word -> bytes.putShort(word.shortValue()));
    return bytes.array();
  }
}
