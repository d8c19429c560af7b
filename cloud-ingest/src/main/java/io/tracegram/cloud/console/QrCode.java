package io.tracegram.cloud.console;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as an SVG path, one unit per module, with the quiet zone of four modules that ISO/IEC
 * 18004 asks for. Immutable.
 *
 * @param size width and height, quiet zone included
 * @param path the dark modules
 */
public record QrCode(int size, String path) {
  private static final int QUIET_ZONE = 4;

  /** Encodes a text, error correction level M (about 15 % may be dirty or torn). */
  static QrCode of(String text) {
    ByteMatrix modules;
    try {
      modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException(
          "no QR code holds this address: shorten publicUrl in cloud.yaml", e);
    }
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      row(modules, y, path);
    }
    return new QrCode(modules.getWidth() + 2 * QUIET_ZONE, path.toString());
  }

  private static void row(ByteMatrix modules, int y, StringBuilder path) {
    int x = 0;
    while (x < modules.getWidth()) {
      int start = x;
      while (x < modules.getWidth() && modules.get(x, y) == 1) {
        x++;
      }
      if (x > start) {
        path.append('M')
            .append(start + QUIET_ZONE)
            .append(' ')
            .append(y + QUIET_ZONE)
            .append('h')
            .append(x - start)
            .append("v1h-")
            .append(x - start)
            .append('z');
      } else {
        x++;
      }
    }
  }
}
