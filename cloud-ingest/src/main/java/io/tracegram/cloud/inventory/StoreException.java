package io.tracegram.cloud.inventory;

import java.sql.SQLException;

/** The database failed; what was asked for is not done, and may be asked for again. */
public final class StoreException extends RuntimeException {
  StoreException(String what, SQLException cause) {
    super(what + ": " + cause.getMessage() + "; is the PostgreSQL up and reachable?", cause);
  }
}
