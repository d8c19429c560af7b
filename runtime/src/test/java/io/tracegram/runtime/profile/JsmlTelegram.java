package io.tracegram.runtime.profile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.openmuc.jsml.structures.ASNObject;
import org.openmuc.jsml.structures.EMessageBody;
import org.openmuc.jsml.structures.Integer64;
import org.openmuc.jsml.structures.Integer8;
import org.openmuc.jsml.structures.OctetString;
import org.openmuc.jsml.structures.SmlList;
import org.openmuc.jsml.structures.SmlListEntry;
import org.openmuc.jsml.structures.SmlMessage;
import org.openmuc.jsml.structures.SmlMessageBody;
import org.openmuc.jsml.structures.SmlSignature;
import org.openmuc.jsml.structures.SmlStatus;
import org.openmuc.jsml.structures.SmlTime;
import org.openmuc.jsml.structures.SmlUnit;
import org.openmuc.jsml.structures.SmlValue;
import org.openmuc.jsml.structures.Unsigned8;
import org.openmuc.jsml.structures.responses.SmlGetListRes;
import org.openmuc.jsml.transport.Transport;

/** A telegram as another SML library writes it, with any entries. */
final class JsmlTelegram {
  private final List<SmlListEntry> entries = new ArrayList<>();
  private final byte[] server;

  JsmlTelegram(byte[] server) {
    this.server = server;
  }

  JsmlTelegram number(ObisCode name, int unit, int scaler, long value) {
    return entry(
        name, new SmlUnit(new Unsigned8(unit)), new Integer8((byte) scaler), new Integer64(value));
  }

  JsmlTelegram octets(ObisCode name, byte[] value) {
    return entry(name, new SmlUnit(), new Integer8(), new OctetString(value));
  }

  private JsmlTelegram entry(ObisCode name, SmlUnit unit, Integer8 scaler, ASNObject value) {
    byte[] obis = {
      (byte) name.a(),
      (byte) name.b(),
      (byte) name.c(),
      (byte) name.d(),
      (byte) name.e(),
      (byte) name.f()
    };
    entries.add(
        new SmlListEntry(
            new OctetString(obis),
            new SmlStatus(),
            new SmlTime(),
            unit,
            scaler,
            new SmlValue(value),
            new SmlSignature()));
    return this;
  }

  /** Returns the bytes on the line. */
  byte[] bytes() {
    SmlGetListRes list =
        new SmlGetListRes(
            new OctetString(),
            new OctetString(server),
            new OctetString(),
            new SmlTime(),
            new SmlList(entries.toArray(SmlListEntry[]::new)),
            new SmlSignature(),
            new SmlTime());
    SmlMessage message =
        new SmlMessage(
            new OctetString(new byte[] {1, 2, 3}),
            new Unsigned8(0),
            new Unsigned8(0),
            new SmlMessageBody(EMessageBody.GET_LIST_RESPONSE.id(), list));
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      message.encode(new DataOutputStream(content));
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      new Transport().send(new DataOutputStream(line), content.toByteArray());
      return line.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
