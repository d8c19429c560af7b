package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.Assets;

/**
 * What surrounds every page. Immutable.
 *
 * @param title of the document, without the product's name
 * @param demo true if plant and devices are simulated
 */
public record Frame(Assets assets, String title, boolean demo) {}
