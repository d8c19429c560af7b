package io.tracegram.runtime.config;

/** A scalar of a list, with the line it stands on. */
record YamlText(int line, String text) {}
