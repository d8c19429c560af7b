package io.tracegram.deploy.cli;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A Modbus TCP slave that is libmodbus 3.1, called in this process; serves one client at a time.
 */
@SuppressWarnings("restricted")
final class LibmodbusTcpSlave {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  /** Of {@code modbus_mapping_t}, after eight ints. */
  private static final long INPUT_REGISTERS = 48;

  private static final long HOLDING_REGISTERS = 56;
  private static final int LONGEST_REQUEST = 260;

  private final Arena arena = Arena.ofShared();
  private final SymbolLookup library = SymbolLookup.libraryLookup("libmodbus.so.5", arena);
  private final MemorySegment context;
  private final MemorySegment mapping;
  private final MemorySegment listener;

  /**
   * Listens; answers once {@link #start} was called.
   *
   * @param registers of each table, from address 0; what lies beyond answers exception 2
   */
  LibmodbusTcpSlave(int port, int registers) throws Throwable {
    this("127.0.0.1", port, registers);
  }

  LibmodbusTcpSlave(String host, int port, int registers) throws Throwable {
    context =
        (MemorySegment)
            function("modbus_new_tcp", POINTER, POINTER, INT)
                .invoke(arena.allocateFrom(host), port);
    mapping =
        (MemorySegment)
            function("modbus_mapping_new", POINTER, INT, INT, INT, INT)
                .invoke(0, 0, registers, registers);
    listener = arena.allocate(INT);
    listener.set(
        INT, 0, require((int) function("modbus_tcp_listen", INT, POINTER, INT).invoke(context, 8)));
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }

  private static int require(int result) {
    if (result < 0) {
      throw new IllegalStateException("libmodbus refuses");
    }
    return result;
  }

  LibmodbusTcpSlave input(int address, String hex) {
    return put(INPUT_REGISTERS, address, HexFormat.of().parseHex(hex));
  }

  LibmodbusTcpSlave holding(int address, String hex) {
    return put(HOLDING_REGISTERS, address, HexFormat.of().parseHex(hex));
  }

  private LibmodbusTcpSlave put(long table, int address, byte... bytes) {
    MemorySegment registers =
        mapping.reinterpret(64).get(POINTER, table).reinterpret(2L * 0x1_0000);
    for (int i = 0; i < bytes.length / 2; i++) {
      registers.setAtIndex(
          ValueLayout.JAVA_SHORT, address + i, ByteBuffer.wrap(bytes).getShort(2 * i));
    }
    return this;
  }

  /** Answers one client after the other until the process ends. */
  LibmodbusTcpSlave start() {
    Thread.ofPlatform().daemon().name("libmodbus").start(this::serve);
    return this;
  }

  private void serve() {
    MethodHandle accept = function("modbus_tcp_accept", INT, POINTER, POINTER);
    MethodHandle receive = function("modbus_receive", INT, POINTER, POINTER);
    MethodHandle reply = function("modbus_reply", INT, POINTER, POINTER, INT, POINTER);
    MethodHandle hangUp = function("modbus_close", FunctionDescriptor.ofVoid(POINTER));
    MemorySegment request = arena.allocate(LONGEST_REQUEST);
    try {
      while ((int) accept.invoke(context, listener) >= 0) {
        for (int length = 0; length >= 0; ) {
          length = (int) receive.invoke(context, request);
          if (length > 0 && (int) reply.invoke(context, request, length, mapping) < 0) {
            break;
          }
        }
        hangUp.invoke(context);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("libmodbus failed", e);
    }
  }

  private MethodHandle function(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), descriptor);
  }
}
