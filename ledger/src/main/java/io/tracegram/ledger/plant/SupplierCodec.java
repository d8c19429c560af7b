package io.tracegram.ledger.plant;

import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import java.util.List;

/** Encodes suppliers with their keys and people. Stateless. */
final class SupplierCodec {
  private static final List<Algorithm> ALGORITHMS = List.of(Algorithm.ES256, Algorithm.ED25519);

  private SupplierCodec() {}

  static void write(CborWriter out, Supplier supplier) {
    out.array(5)
        .text(supplier.id())
        .text(supplier.name())
        .integer(supplier.key().algorithm().cose())
        .bytes(supplier.key().encoded());
    PlantModelCodec.list(
        out, supplier.people(), (to, person) -> to.array(2).text(person.id()).text(person.role()));
  }

  static Supplier read(CborReader in) {
    in.arrayOf(5);
    return new Supplier(
        in.text(PlantModelCodec.TEXT),
        in.text(PlantModelCodec.TEXT),
        key(in),
        PlantModelCodec.list(in, SupplierCodec::person));
  }

  private static PublicKey key(CborReader in) {
    long cose = in.integer();
    for (Algorithm algorithm : ALGORITHMS) {
      if (algorithm.cose() == cose) {
        return PublicKey.of(algorithm, in.bytes(algorithm.keyLength()));
      }
    }
    throw new MalformedException("suppliers sign by no algorithm " + cose, in.position());
  }

  private static Supplier.Person person(CborReader in) {
    in.arrayOf(2);
    return new Supplier.Person(in.text(PlantModelCodec.TEXT), in.text(PlantModelCodec.TEXT));
  }
}
