package io.tracegram.cloud.console;

import io.tracegram.runtime.web.Assets;

/**
 * What surrounds every page. Immutable.
 *
 * @param title of the document, without the product's name
 * @param live true if the page renews itself
 */
public record Frame(Assets assets, String title, boolean live) {}
