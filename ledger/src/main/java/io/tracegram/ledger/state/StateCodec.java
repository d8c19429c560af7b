package io.tracegram.ledger.state;

import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.cbor.CborReader;
import io.tracegram.ledger.evidence.cbor.CborWriter;
import io.tracegram.ledger.evidence.cbor.MalformedException;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PublicKey;
import io.tracegram.ledger.evidence.statement.Content;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes trees of records by their components, and reads them back.
 *
 * <p>Knows records, enums, {@code long}, {@code int}, {@code boolean}, strings, big decimals,
 * hashes, contents, keys, optionals, lists and maps (whose order is kept); lists and maps come back
 * modifiable where the record keeps them so. Reflection stands in for what would be one more pair
 * of methods per class, to be kept in step by hand. Single-threaded.
 */
public final class StateCodec {
  private final Map<Class<?>, Shape> shapes = new HashMap<>();

  private record Shape(Constructor<?> constructor, List<Method> accessors, List<Type> types) {}

  private StateCodec() {}

  public static byte[] write(Record state) {
    CborWriter out = new CborWriter();
    new StateCodec().write(out, state);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote from a record of this class.
   *
   * @throws MalformedException if the bytes are not of this class's present shape
   */
  public static <T extends Record> T read(Class<T> type, byte[] bytes) {
    CborReader in = new CborReader(bytes);
    try {
      T state = type.cast(new StateCodec().read(in, type));
      in.end();
      return state;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new MalformedException("not a state of " + type.getName() + ": " + e.getMessage());
    }
  }

  private void write(CborWriter out, Object value) {
    switch (value) {
      case Record node -> {
        Shape shape = shape(node.getClass());
        out.array(shape.accessors.size());
        for (Method accessor : shape.accessors) {
          write(out, invoke(accessor, node));
        }
      }
      case Long number -> out.integer(number);
      case Integer number -> out.integer(number);
      case Boolean flag -> out.integer(flag ? 1 : 0);
      case Enum<?> constant -> out.integer(constant.ordinal());
      case String text -> out.text(text);
      case BigDecimal decimal -> out.text(decimal.toString());
      case Hash hash -> out.bytes(hash.bytes());
      case Content content -> out.bytes(content.bytes());
      case PublicKey key -> out.array(2).integer(key.algorithm().cose()).bytes(key.encoded());
      case Optional<?> optional -> list(out, optional.stream().toList());
      case OptionalLong optional -> list(out, optional.stream().boxed().toList());
      case List<?> items -> list(out, items);
      case Map<?, ?> entries -> {
        out.array(Math.multiplyExact(2, entries.size()));
        entries.forEach(
            (key, mapped) -> {
              write(out, key);
              write(out, mapped);
            });
      }
      default -> throw new IllegalArgumentException("no state is made of " + value.getClass());
    }
  }

  private void list(CborWriter out, List<?> items) {
    out.array(items.size());
    items.forEach(item -> write(out, item));
  }

  private Object read(CborReader in, Type type) {
    if (type instanceof ParameterizedType generic) {
      return container(in, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return node(in, plain);
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[Math.toIntExact(in.integer())];
    }
    return scalar(in, plain);
  }

  private static Object scalar(CborReader in, Class<?> type) {
    if (type == long.class || type == Long.class) {
      return in.integer();
    } else if (type == int.class || type == Integer.class) {
      return Math.toIntExact(in.integer());
    } else if (type == boolean.class || type == Boolean.class) {
      return in.integer(0, 1) == 1;
    } else if (type == String.class) {
      return in.text(Integer.MAX_VALUE);
    } else if (type == BigDecimal.class) {
      return new BigDecimal(in.text(64));
    } else if (type == Hash.class) {
      return Hash.of(in.bytes(Hash.LENGTH));
    } else if (type == Content.class) {
      return Content.of(in.bytes(Integer.MAX_VALUE));
    } else if (type == OptionalLong.class) {
      return in.array(1) == 0 ? OptionalLong.empty() : OptionalLong.of(in.integer());
    } else if (type == PublicKey.class) {
      in.arrayOf(2);
      long cose = in.integer();
      Algorithm algorithm =
          Arrays.stream(Algorithm.values())
              .filter(known -> known.cose() == cose)
              .findFirst()
              .orElseThrow(() -> new MalformedException("unknown key algorithm " + cose));
      return PublicKey.of(algorithm, in.bytes(Integer.MAX_VALUE));
    }
    throw new IllegalArgumentException("no state is made of " + type);
  }

  private Object container(CborReader in, Class<?> raw, Type[] arguments) {
    if (raw == Optional.class) {
      return in.array(1) == 0 ? Optional.empty() : Optional.of(read(in, arguments[0]));
    }
    int items = in.array(Integer.MAX_VALUE);
    if (raw == List.class) {
      List<Object> list = new ArrayList<>(items);
      for (int i = 0; i < items; i++) {
        list.add(read(in, arguments[0]));
      }
      return list;
    }
    Map<Object, Object> map = raw == SortedMap.class ? new TreeMap<>() : new LinkedHashMap<>();
    for (int i = 0; i < items; i += 2) {
      map.put(read(in, arguments[0]), read(in, arguments[1]));
    }
    return map;
  }

  private Object node(CborReader in, Class<?> type) {
    Shape shape = shape(type);
    in.arrayOf(shape.types.size());
    Object[] values = new Object[shape.types.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(in, shape.types.get(i));
    }
    try {
      return shape.constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + ": " + e.getCause(), e);
    }
  }

  private Shape shape(Class<?> type) {
    Shape known = shapes.get(type);
    if (known != null) {
      return known;
    }
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] parameters =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      List<Method> accessors = new ArrayList<>();
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
        accessors.add(component.getAccessor());
      }
      List<Type> types = Arrays.stream(components).map(RecordComponent::getGenericType).toList();
      Shape shape = new Shape(constructor, accessors, types);
      shapes.put(type, shape);
      return shape;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("a record has its canonical constructor", e);
    }
  }

  private static Object invoke(Method accessor, Object node) {
    try {
      return accessor.invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(accessor + ": " + e.getCause(), e);
    }
  }
}
