package io.tracegram.ledger.plant;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;

/** The one encoding of {@link Transport} and {@link Packaging}. Stateless. */
final class ShippingCodec {
  private ShippingCodec() {}

  static void transport(CborWriter out, Transport transport) {
    PlantModelCodec.list(out, transport.routes(), ShippingCodec::route);
  }

  static Transport transport(CborReader in) {
    return new Transport(PlantModelCodec.list(in, ShippingCodec::route));
  }

  private static void route(CborWriter out, Transport.Route route) {
    out.array(3).text(route.from());
    PlantModelCodec.list(out, route.materials(), CborWriter::text);
    PlantModelCodec.list(out, route.legs(), ShippingCodec::leg);
  }

  private static Transport.Route route(CborReader in) {
    in.arrayOf(3);
    return new Transport.Route(
        in.text(PlantModelCodec.TEXT),
        PlantModelCodec.list(in, reader -> reader.text(PlantModelCodec.TEXT)),
        PlantModelCodec.list(in, ShippingCodec::leg));
  }

  private static void leg(CborWriter out, Transport.Leg leg) {
    out.array(4).integer(leg.mode().ordinal());
    PlantModelCodec.factor(out, leg.factor());
    out.integer(leg.distance().metres()).integer(leg.distance().detourThousandths());
  }

  private static Transport.Leg leg(CborReader in) {
    in.arrayOf(4);
    Transport.Mode mode =
        Transport.Mode.values()[(int) in.integer(0, Transport.Mode.values().length - 1)];
    return new Transport.Leg(
        mode,
        PlantModelCodec.factor(in),
        new Transport.Distance(
            in.integer(1, Transport.Distance.MOST_METRES),
            (int) in.integer(0, Transport.Distance.MOST_DETOUR)));
  }

  static void packaging(CborWriter out, Packaging packaging) {
    PlantModelCodec.list(
        out,
        packaging.items(),
        (to, item) -> PlantModelCodec.factor(to.array(2).text(item.gtin()), item.factor()));
  }

  static Packaging packaging(CborReader in) {
    return new Packaging(
        PlantModelCodec.list(
            in,
            reader -> {
              reader.arrayOf(2);
              return new Packaging.Item(
                  reader.text(PlantModelCodec.TEXT), PlantModelCodec.factor(reader));
            }));
  }
}
