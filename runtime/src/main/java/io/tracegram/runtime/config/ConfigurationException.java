package io.tracegram.runtime.config;

/** Says what is wrong with a configuration, one problem a line; programs exit with status 2. */
public final class ConfigurationException extends RuntimeException {
  public ConfigurationException(String problems) {
    super(problems);
  }
}
