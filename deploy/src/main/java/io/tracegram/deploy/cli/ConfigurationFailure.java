package io.tracegram.deploy.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Puts a failure into words for the person at the terminal. */
final class ConfigurationFailure {
  private ConfigurationFailure() {}

  static String message(Exception failure) {
    if (failure instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    String message = String.valueOf(failure.getMessage());
    return failure instanceof IOException || failure instanceof IllegalArgumentException
        ? message
        : failure.getClass().getSimpleName() + ": " + message;
  }
}
