package io.tracegram.ledger.evidence.cbor;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import io.tracegram.ledger.evidence.statement.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Another CBOR library, by which ours is judged. */
final class Oracle {
  private static final CBOREncodeOptions CANONICAL =
      new CBOREncodeOptions("ctap2canonical=true;depthlimit=4");

  private Oracle() {}

  /** Decodes by the other library, which accepts all of RFC 8949 that is valid. */
  static Optional<CBORObject> decode(byte[] encoded) {
    try {
      return Optional.of(CBORObject.DecodeFromBytes(encoded));
    } catch (CBORException e) {
      return Optional.empty();
    }
  }

  /** Encodes by the other library, in its deterministic form. */
  static byte[] encodeDeterministically(CborItem item) {
    return object(item).EncodeToBytes(CANONICAL);
  }

  /** Returns what the other library found as an item of the subset; empty if it is outside. */
  static Optional<CborItem> item(CBORObject object) {
    if (object.isTagged()) {
      return object.HasMostOuterTag(18)
          ? item(object.UntagOne()).map(CborItem.Sign1::new)
          : Optional.empty();
    }
    return switch (object.getType()) {
      case Integer ->
          object.CanValueFitInInt64()
              ? Optional.of(new CborItem.Whole(object.AsInt64Value()))
              : Optional.empty();
      case ByteString -> Optional.of(new CborItem.Bytes(Content.of(object.GetByteString())));
      case TextString -> Optional.of(new CborItem.Text(object.AsString()));
      case Array -> {
        List<CborItem> items = new ArrayList<>();
        for (CBORObject each : object.getValues()) {
          item(each).ifPresent(items::add);
        }
        yield items.size() == object.size()
            ? Optional.of(new CborItem.Array(items))
            : Optional.empty();
      }
      case Map -> {
        SortedMap<Integer, CborItem> entries = CborItem.noEntries();
        for (CBORObject key : object.getKeys()) {
          if (key.getType() == com.upokecenter.cbor.CBORType.Integer
              && !key.isTagged()
              && key.CanValueFitInInt32()) {
            item(object.get(key)).ifPresent(value -> entries.put(key.AsInt32Value(), value));
          }
        }
        yield entries.size() == object.size()
            ? Optional.of(new CborItem.Map(entries))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  static CBORObject object(CborItem item) {
    return switch (item) {
      case CborItem.Whole(long value) -> CBORObject.FromObject(value);
      case CborItem.Bytes(Content value) -> CBORObject.FromObject(value.bytes());
      case CborItem.Text(String value) -> CBORObject.FromObject(value);
      case CborItem.Array(List<CborItem> items) -> {
        CBORObject array = CBORObject.NewArray();
        items.forEach(each -> array.Add(object(each)));
        yield array;
      }
      case CborItem.Map(SortedMap<Integer, CborItem> entries) -> {
        CBORObject map = CBORObject.NewMap();
        entries.forEach(
            (key, value) -> map.Add(CBORObject.FromObject(key.intValue()), object(value)));
        yield map;
      }
      case CborItem.Sign1(CborItem tagged) -> object(tagged).WithTag(18);
    };
  }
}
