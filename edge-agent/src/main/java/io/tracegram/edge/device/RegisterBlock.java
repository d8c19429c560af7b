package io.tracegram.edge.device;

import io.tracegram.runtime.profile.ByteOrder;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import io.tracegram.runtime.profile.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Registers that one request reads: of one table, without a hole between them, since meters answer
 * an address they do not have with an exception.
 *
 * @param registers in the order of their address, at least one
 */
record RegisterBlock(List<RegisterDefinition> registers) {
  RegisterBlock {
    registers = List.copyOf(registers);
  }

  /**
   * Returns registers whatever they mean.
   *
   * @param address of the first as sent, range [0, 0xFFFF]
   * @param words range [1, 125]
   */
  static RegisterBlock raw(Table table, int address, int words) {
    return new RegisterBlock(
        List.of(
            new RegisterDefinition(
                Quantity.SERIAL,
                table,
                address,
                words,
                ValueType.STRING,
                ByteOrder.ABCD,
                BigDecimal.ONE,
                RegisterDefinition.Unit.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  /** Returns the fewest blocks for a poll; identities are left out. */
  static List<RegisterBlock> plan(MeterProfile profile) {
    List<RegisterBlock> blocks = new ArrayList<>();
    List<RegisterDefinition> open = new ArrayList<>();
    List<RegisterDefinition> sorted =
        profile.registers().stream()
            .filter(register -> register.quantity().kind() != Quantity.Kind.IDENTITY)
            .sorted(
                Comparator.comparing(RegisterDefinition::table)
                    .thenComparing(RegisterDefinition::address))
            .toList();
    for (RegisterDefinition register : sorted) {
      if (!open.isEmpty() && !new RegisterBlock(open).takes(register, profile.maxBlock())) {
        blocks.add(new RegisterBlock(open));
        open.clear();
      }
      open.add(register);
    }
    if (!open.isEmpty()) {
      blocks.add(new RegisterBlock(open));
    }
    return blocks;
  }

  private boolean takes(RegisterDefinition next, int maxBlock) {
    return next.table() == registers.getFirst().table()
        && next.address() <= end()
        && Math.max(end(), next.address() + next.words()) - address() <= maxBlock;
  }

  int functionCode() {
    return registers.getFirst().table().functionCode();
  }

  int address() {
    return registers.getFirst().address();
  }

  int words() {
    return end() - address();
  }

  /** Returns where a register's bytes begin in the reply. */
  int offset(RegisterDefinition register) {
    return 2 * (register.address() - address());
  }

  private int end() {
    return registers.stream()
        .mapToInt(register -> register.address() + register.words())
        .max()
        .orElseThrow();
  }
}
