package io.tracegram.cloud.console;

import io.tracegram.cloud.declaration.CloudReadModel;
import io.tracegram.cloud.declaration.Declaration;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.runtime.web.Answer;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Parameters;
import io.tracegram.runtime.web.ProblemDetails;
import io.tracegram.runtime.web.ProblemPage;
import io.tracegram.runtime.web.RequestRefused;
import io.tracegram.runtime.web.Templates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The central service's pages. Construct it, give {@link #assets} and itself to the web shell, then
 * {@link #mount} on the shell's router. Reads on worker threads, answers on the event loop.
 */
public final class Console implements ProblemPage {
  private static final String HTML = "text/html";
  private static final String JSON_LD = "application/ld+json";
  private static final String JSON = "application/json";

  private final Vertx vertx;
  private final CloudReadModel model;
  private final Assets assets =
      new Assets(
          Console.class,
          List.of(new Assets.Source("console.css", "/io/tracegram/cloud/console/console.css")));
  private final Templates templates =
      new Templates(Console.class.getClassLoader(), Console.class.getPackageName() + ".template");
  private final OverviewPage overview;
  private final DeclarationPage declarations = new DeclarationPage(assets);

  public Console(Vertx vertx, CloudReadModel model) {
    this.vertx = vertx;
    this.model = model;
    overview = new OverviewPage(model, assets);
  }

  public Assets assets() {
    return assets;
  }

  public void mount(Router router) {
    router.get("/").handler(this::overview);
    router.get("/01/*").produces(HTML).produces(JSON_LD).produces(JSON).handler(this::declaration);
  }

  @Override
  public String render(ProblemDetails problem) {
    return templates.render(
        "problem", new ProblemView(new Frame(assets, problem.title(), false), problem));
  }

  private void overview(RoutingContext request) {
    String fragment = Parameters.of(request, "fragment").text("fragment").orElse("");
    if (!fragment.isEmpty() && !fragment.equals("overview")) {
      throw RequestRefused.bad("there is the fragment overview");
    }
    read(
        request,
        overview::view,
        view ->
            Answer.html(
                request,
                templates.render(fragment.isEmpty() ? "overview" : "overview-content", view)));
  }

  private void declaration(RoutingContext request) {
    LotId item = item(Parameters.rest(request, "/"));
    request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    String type = request.getAcceptableContentType();
    if (type == null || type.startsWith(HTML)) {
      read(
          request,
          () -> declarations.view(find(item), model.facilities()),
          view -> Answer.html(request, templates.render("declaration", view)));
    } else {
      read(
          request,
          () -> model.document(item).orElseThrow(Console::unpublished),
          document -> Answer.text(request, type, new String(document, StandardCharsets.UTF_8)));
    }
  }

  private Declaration find(LotId item) {
    return model
        .declaration(item)
        .orElseThrow(
            () ->
                RequestRefused.notFound(
                    "There is no declaration of this item. It may not be finished yet: a"
                        + " declaration appears once every figure it rests on is final."));
  }

  private static RequestRefused unpublished() {
    return RequestRefused.notFound(
        "There is no published declaration of this item. It may not be finished yet: a declaration"
            + " is published once every figure it rests on is final and audited.");
  }

  private static LotId item(String path) {
    try {
      LotId item = new LotId(path);
      if (item.isSerialised()) {
        return item;
      }
    } catch (IllegalArgumentException e) {
      throw RequestRefused.notFound(
          "This is not the address of an item. An item's code leads to /01/{gtin}/21/{serial}, with"
              + " a GTIN of 14 digits.");
    }
    throw RequestRefused.notFound("Declarations are of single items, not of lots.");
  }

  private <T> void read(RoutingContext request, Callable<T> reading, Consumer<T> then) {
    Answer.with(request, vertx.executeBlocking(reading, false).toCompletionStage(), then);
  }
}
