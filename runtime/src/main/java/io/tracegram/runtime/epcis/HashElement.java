package io.tracegram.runtime.epcis;

import java.util.ArrayList;
import java.util.List;

/**
 * One element of an event as XML would hold it, which is how the event hash walks it: a name, a
 * value, children. Mutable and short-lived: what the walk has written out is taken from it.
 */
final class HashElement {
  private final String name;
  private final String value;
  private final boolean sorted;
  private final List<HashElement> children;

  private HashElement(String name, String value, boolean sorted, List<HashElement> children) {
    this.name = name;
    this.value = value;
    this.sorted = sorted;
    this.children = children;
  }

  static HashElement of(String name, String value, List<HashElement> children) {
    return new HashElement(name, value, true, new ArrayList<>(children));
  }

  /** A type and what it is the type of, which keep their order. */
  static HashElement pair(List<HashElement> children) {
    return new HashElement("", "", false, new ArrayList<>(children));
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }

  List<HashElement> children() {
    return children;
  }

  /** Writes elements of no given order: each with its name, sorted as texts. */
  static String written(List<HashElement> elements) {
    return String.join(
        "", elements.stream().map(HashElement::written).sorted(HashText.ORDER).toList());
  }

  private String written() {
    String text = HashText.stripped(value).isEmpty() ? "" : "=" + HashText.canonical(value);
    return name
        + text
        + (sorted
            ? written(children)
            : String.join("", children.stream().map(HashElement::written).toList()));
  }
}
