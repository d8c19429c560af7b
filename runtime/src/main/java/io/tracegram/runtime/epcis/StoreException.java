package io.tracegram.runtime.epcis;

/** The file of the projection cannot be read or written; it can be deleted and is built again. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreException(String doing, Exception cause) {
    super(
        doing
            + " failed: "
            + cause.getMessage()
            + "; check the disk, or stop the program and delete the file: it is built again",
        cause);
  }
}
