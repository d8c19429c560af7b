package io.tracegram.ledger.evidence.replication;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.fuzz.Samples;
import io.tracegram.ledger.fuzz.Strictness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are the one message that their first byte picks, or refused, or not complete yet. */
class MessagesFuzzTest {
  private static final int ENTRIES = 2;

  static Stream<byte[]> seeds() {
    Content ticket = Content.of(new byte[] {1, 2, 3, 4});
    return Stream.of(
        seed(
            0,
            text(new AddCheckpointRequest(3, List.of(Hash.ZERO), Samples.cosignedNote()).format())),
        seed(1, new AddEntriesHeader("example.com/plant", 3, 700, ticket).encoded()),
        seed(
            2,
            new EntryPackage(List.of(new byte[] {1, 2}, new byte[0]), List.of(Hash.ZERO, Hash.ZERO))
                .encoded()),
        seed(3, text(new MirrorInfo(700, 3, ticket).format())),
        seed(4, text(TreeSize.format(700))));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesBackTheSameBytes(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0]) {
      case 0 ->
          Strictness.holdsForText(
              message, AddCheckpointRequest::parse, AddCheckpointRequest::format);
      case 1 -> Strictness.holds(message, whole(AddEntriesHeader::read), AddEntriesHeader::encoded);
      case 2 ->
          Strictness.holds(
              message, whole(in -> EntryPackage.read(in, ENTRIES)), EntryPackage::encoded);
      case 3 -> Strictness.holdsForText(message, MirrorInfo::parse, MirrorInfo::format);
      case 4 -> Strictness.holdsForText(message, TreeSize::parse, TreeSize::format);
      default -> {
        // no message
      }
    }
  }

  private static <T> Function<byte[], T> whole(Function<ByteBuffer, Optional<T>> read) {
    return bytes -> {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      T message =
          read.apply(in).orElseThrow(() -> new MalformedException("the message is not complete"));
      if (in.hasRemaining()) {
        throw new MalformedException("trailing bytes");
      }
      return message;
    };
  }

  private static byte[] seed(int message, byte[] bytes) {
    return ByteBuffer.allocate(1 + bytes.length).put((byte) message).put(bytes).array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
