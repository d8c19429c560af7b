package io.tracegram.runtime.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Renders precompiled templates, each a function of one view record. Thread-safe.
 *
 * <p>Values are escaped for the place they stand in; a template cannot emit raw text.
 */
public final class Templates {
  private final TemplateEngine engine;

  /**
   * Uses the templates of one program.
   *
   * @param packageName of the generated classes, as given to the jte plugin
   */
  public Templates(ClassLoader loader, String packageName) {
    engine = TemplateEngine.createPrecompiled(null, ContentType.Html, loader, packageName);
  }

  public String render(String template, Record view) {
    StringOutput page = new StringOutput(8_192);
    engine.render(template + ".jte", view, page);
    return page.toString();
  }
}
