package io.tracegram.deploy.simulator;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.RegisterDefinition.Table;
import io.tracegram.runtime.profile.RegisterEncoder;
import java.util.HashMap;
import java.util.Map;

/**
 * The registers of one meter, as its profile says; any other address answers exception 02.
 * Thread-safe: a request sees one state as a whole.
 */
final class RegisterBank implements ModbusServices, MeterDisplay {
  private static final String DEFAULT_SERIAL = "10000001";

  private final MeterProfile profile;
  private final int unit;
  private final String serial;
  private volatile Map<Address, Integer> words = Map.of();

  private record Address(Table table, int address) {}

  /**
   * @param unit Modbus unit id, range [0, 255]
   * @param declaredSerial empty if none is declared
   * @throws IllegalArgumentException if the profile lists no registers
   */
  RegisterBank(MeterProfile profile, int unit, String declaredSerial) {
    if (profile.registers().isEmpty()) {
      throw new IllegalArgumentException(
          "a meter whose registers are discovered is not simulated: " + profile.id());
    }
    this.profile = profile;
    this.unit = unit;
    this.serial = declaredSerial.isEmpty() ? DEFAULT_SERIAL : declaredSerial;
    show(0, 0);
  }

  @Override
  public void show(long energyMilliwattHours, long powerMilliwatts) {
    Map<Address, Integer> shown = new HashMap<>();
    for (RegisterDefinition register : profile.registers()) {
      put(shown, register, bytes(register, energyMilliwattHours, powerMilliwatts));
    }
    words = Map.copyOf(shown);
  }

  private byte[] bytes(RegisterDefinition register, long energy, long power) {
    return switch (register.quantity()) {
      case ENERGY_IMPORT -> RegisterEncoder.encode(register, energy);
      case ENERGY_EXPORT -> RegisterEncoder.encode(register, 0);
      case POWER -> RegisterEncoder.encode(register, power);
      case SERIAL -> RegisterEncoder.encode(register, serial);
    };
  }

  private static void put(Map<Address, Integer> words, RegisterDefinition register, byte[] bytes) {
    for (int i = 0; i < register.words(); i++) {
      words.put(
          new Address(register.table(), register.address() + i),
          ((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF));
    }
  }

  @Override
  public ReadHoldingRegistersResponse readHoldingRegisters(
      ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    requireUnit(unitId);
    return new ReadHoldingRegistersResponse(
        read(
            Table.HOLDING,
            FunctionCode.READ_HOLDING_REGISTERS,
            request.address(),
            request.quantity()));
  }

  @Override
  public ReadInputRegistersResponse readInputRegisters(
      ModbusRequestContext context, int unitId, ReadInputRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    requireUnit(unitId);
    return new ReadInputRegistersResponse(
        read(
            Table.INPUT, FunctionCode.READ_INPUT_REGISTERS, request.address(), request.quantity()));
  }

  private void requireUnit(int unitId) throws UnknownUnitIdException {
    if (unitId != unit) {
      throw new UnknownUnitIdException(unitId);
    }
  }

  /** Returns the words of a request, as sent. */
  byte[] read(Table table, FunctionCode function, int address, int quantity)
      throws ModbusResponseException {
    if (quantity < 1 || quantity > profile.maxBlock()) {
      throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_VALUE);
    }
    Map<Address, Integer> state = words;
    byte[] registers = new byte[2 * quantity];
    for (int i = 0; i < quantity; i++) {
      Integer word = state.get(new Address(table, address + i));
      if (word == null) {
        throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
      }
      registers[2 * i] = (byte) (word >> 8);
      registers[2 * i + 1] = word.byteValue();
    }
    return registers;
  }
}
