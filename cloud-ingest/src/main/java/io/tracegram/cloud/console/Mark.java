package io.tracegram.cloud.console;

/** A state's shape, so that it is never told by colour alone; drawn in a 10 by 10 box. */
public enum Mark {
  GOOD("M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8Z"),
  PENDING("M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8Zm0 1.4a2.6 2.6 0 1 1 0 5.2Z"),
  BAD("M1.2 1.2h7.6v7.6H1.2Z"),
  NONE("M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8Zm0 1.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2Z");

  private final String path;

  Mark(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }
}
