package io.tracegram.runtime.json;

import java.util.Optional;

/** Where a value stands in a document; becomes an RFC 6901 pointer only when something is wrong. */
public record Place(Optional<Place> parent, String token) {
  public static final Place ROOT = new Place(Optional.empty(), "");

  /** Most characters of a pointer; a longer one is cut at a step. */
  public static final int LONGEST = 1_024;

  public Place to(String name) {
    return new Place(Optional.of(this), name);
  }

  public Place to(int index) {
    return new Place(Optional.of(this), Integer.toString(index));
  }

  public String pointer() {
    if (parent.isEmpty()) {
      return "";
    }
    String before = parent.get().pointer();
    String whole = before + "/" + token.replace("~", "~0").replace("/", "~1");
    return whole.length() > LONGEST ? before : whole;
  }
}
