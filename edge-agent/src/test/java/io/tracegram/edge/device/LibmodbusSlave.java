package io.tracegram.edge.device;

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

/** A Modbus RTU slave on a serial port that is libmodbus 3.1, called in this process. */
@SuppressWarnings("restricted")
final class LibmodbusSlave {
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

  LibmodbusSlave(String device, int unit) throws Throwable {
    context =
        (MemorySegment)
            function("modbus_new_rtu", POINTER, POINTER, INT, ValueLayout.JAVA_BYTE, INT, INT)
                .invoke(arena.allocateFrom(device), 9_600, (byte) 'N', 8, 1);
    require((int) function("modbus_set_slave", INT, POINTER, INT).invoke(context, unit));
    require((int) function("modbus_connect", INT, POINTER).invoke(context));
    mapping =
        (MemorySegment)
            function("modbus_mapping_new", POINTER, INT, INT, INT, INT)
                .invoke(0, 0, 0xFFFF, 0xFFFF);
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }

  private static void require(int result) {
    if (result < 0) {
      throw new IllegalStateException("libmodbus refuses");
    }
  }

  void input(int address, byte... bytes) {
    put(INPUT_REGISTERS, address, bytes);
  }

  void holding(int address, byte... bytes) {
    put(HOLDING_REGISTERS, address, bytes);
  }

  private void put(long table, int address, byte... bytes) {
    MemorySegment registers = mapping.reinterpret(64).get(POINTER, table).reinterpret(2L * 0xFFFF);
    for (int i = 0; i < bytes.length / 2; i++) {
      registers.setAtIndex(
          ValueLayout.JAVA_SHORT, address + i, ByteBuffer.wrap(bytes).getShort(2 * i));
    }
  }

  /** Answers until the line is gone. */
  void serve() {
    MethodHandle receive = function("modbus_receive", INT, POINTER, POINTER);
    MethodHandle reply = function("modbus_reply", INT, POINTER, POINTER, INT, POINTER);
    MemorySegment request = arena.allocate(LONGEST_REQUEST);
    try {
      for (int length = 0; length >= 0; ) {
        length = (int) receive.invoke(context, request);
        if (length > 0) {
          require((int) reply.invoke(context, request, length, mapping));
        }
      }
    } catch (Throwable e) {
      throw new IllegalStateException("libmodbus failed", e);
    }
  }
}
