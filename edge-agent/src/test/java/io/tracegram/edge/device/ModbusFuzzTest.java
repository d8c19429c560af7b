package io.tracegram.edge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.digitalpetri.modbus.ModbusTcpFrame;
import com.digitalpetri.modbus.tcp.ModbusTcpCodec;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.RegisterDecoder;
import io.tracegram.runtime.profile.RegisterDefinition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes on a Modbus connection are garbage to the codec, or frames that are refused with a
 * printable reason or give exactly the words asked for, which decode to something.
 */
class ModbusFuzzTest {
  private static final List<RegisterBlock> BLOCKS =
      RegisterBlock.plan(Profiles.meter("schneider/iem3155"));

  static Stream<byte[]> seeds() {
    return IntStream.range(0, BLOCKS.size())
        .boxed()
        .flatMap(
            block ->
                Stream.of(
                    reply(block),
                    new byte[] {block.byteValue(), 0, 7, 0, 0, 0, 3, 1, (byte) 0x83, 2}));
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrGivesTheWordsAskedFor(byte[] input) {
    if (input.length == 0 || (input[0] & 0xFF) >= BLOCKS.size()) {
      return;
    }
    RegisterBlock block = BLOCKS.get(input[0]);
    EmbeddedChannel channel = new EmbeddedChannel(new ModbusTcpCodec());
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(input, 1, input.length - 1));
      channel.finish();
    } catch (DecoderException e) {
      // what ModbusConnection takes for garbage; the frames before it count
    }
    for (ModbusTcpFrame frame = channel.readInbound();
        frame != null;
        frame = channel.readInbound()) {
      judge(frame, block);
    }
  }

  private static void judge(ModbusTcpFrame frame, RegisterBlock block) {
    switch (ModbusResponse.read(frame, new ModbusResponse.Request("here", 7, 1, block))) {
      case ModbusReply.Failed failed -> Reasons.isOne(failed.reason());
      case ModbusReply.Words words -> {
        for (RegisterDefinition register : block.registers()) {
          byte[] bytes = words.bytes(block.offset(register), 2 * register.words());
          assertThat(bytes).hasSize(2 * register.words());
          if (RegisterDecoder.decode(register, bytes) instanceof Decoded.Refused refused) {
            Reasons.isOne(refused.reason());
          }
        }
      }
    }
  }

  private static byte[] reply(int number) {
    RegisterBlock block = BLOCKS.get(number);
    int bytes = 2 * block.words();
    return ByteBuffer.allocate(1 + 7 + 2 + bytes)
        .put((byte) number)
        .putShort((short) 7)
        .putShort((short) 0)
        .putShort((short) (3 + bytes))
        .put((byte) 1)
        .put((byte) block.functionCode())
        .put((byte) bytes)
        .array();
  }
}
