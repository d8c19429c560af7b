package io.tracegram.runtime.epcis;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.runtime.epcis.EventQuery.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes where a page ends so that only the same query can go on there: a token is opaque to its
 * holder, and one that was changed or made up is refused. Immutable.
 */
final class PageToken {
  private static final int POSITION = 3 * Long.BYTES;
  private static final int TAG = 8;

  private final byte[] secret;

  /**
   * @param secret at least 16 bytes that nobody else knows; tokens hold as long as it does
   */
  PageToken(byte[] secret) {
    this.secret = secret.clone();
  }

  String write(Position position, String fingerprint) {
    byte[] bytes =
        ByteBuffer.allocate(POSITION)
            .putLong(position.micros())
            .putLong(position.number())
            .putLong(position.given())
            .array();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(POSITION + TAG).put(bytes).put(tag(bytes, fingerprint)).array());
  }

  Position read(String token, String fingerprint) {
    byte[] bytes = decoded(token);
    if (bytes.length == POSITION + TAG) {
      byte[] position = Arrays.copyOf(bytes, POSITION);
      if (Arrays.equals(
          tag(position, fingerprint), Arrays.copyOfRange(bytes, POSITION, POSITION + TAG))) {
        ByteBuffer values = ByteBuffer.wrap(position);
        return new Position(values.getLong(), values.getLong(), values.getLong());
      }
    }
    throw EventQueryReader.refused(
        "this nextPageToken belongs to no page of this query: follow the Link header as it is, or"
            + " ask without the token");
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** A keyed hash; hashing twice keeps it from being extended. */
  private byte[] tag(byte[] position, String fingerprint) {
    Hash inner = Hash.sha256(secret, position, fingerprint.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(Hash.sha256(secret, inner.bytes()).bytes(), TAG);
  }
}
