package io.tracegram.runtime.web;

import io.tracegram.ledger.evidence.Hash;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Style sheets, scripts and icons, read from the class path at construction and served under an
 * address that contains their hash, so that browsers keep them for a year. Immutable.
 */
public final class Assets {
  /**
   * A file on the class path.
   *
   * @param name under which pages ask for it, with its extension
   * @param resource absolute class path location
   */
  public record Source(String name, String resource) {}

  private record Asset(String url, String type, String tag, Buffer content) {}

  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String OWN = "/io/tracegram/runtime/web/";
  private static final List<Source> SHARED =
      List.of(
          new Source("htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js"),
          new Source("sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js"),
          new Source("tracegram.css", OWN + "tracegram.css"),
          new Source("live.js", OWN + "live.js"),
          new Source("icon.svg", OWN + "icon.svg"));

  /** The chart library, for pages that draw. */
  public static final List<Source> CHART =
      List.of(
          new Source("uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js"),
          new Source("uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css"));

  private final Map<String, Asset> byName = new HashMap<>();
  private final Map<String, Asset> byUrl = new HashMap<>();

  /**
   * Reads the shared assets and those of one program.
   *
   * @throws IllegalStateException if one is absent
   */
  public Assets(Class<?> owner, List<Source> own) {
    List<Source> sources = new ArrayList<>(SHARED);
    sources.addAll(own);
    for (Source source : sources) {
      Asset asset = asset(source, read(owner, source));
      byName.put(source.name(), asset);
      byUrl.put(asset.url(), asset);
    }
  }

  /** Returns the address of an asset on this host. */
  public String url(String name) {
    Asset asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset is named " + name);
    }
    return asset.url();
  }

  void mount(Router router) {
    router.get("/assets/*").handler(this::serve);
  }

  private void serve(RoutingContext request) {
    Asset asset = byUrl.get(request.request().path());
    if (asset == null) {
      throw RequestRefused.notFound("There is no such asset. Reload the page.");
    }
    request
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .putHeader(HttpHeaders.ETAG, asset.tag())
        .putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
    if (asset.tag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      request.response().setStatusCode(304).end();
    } else {
      request.response().end(asset.content());
    }
  }

  private static Asset asset(Source source, byte[] content) {
    String hash = Hash.sha256(content).hex().substring(0, 16);
    return new Asset(
        "/assets/" + hash + "/" + source.name(),
        type(source.name()),
        "\"" + hash + "\"",
        Buffer.buffer(content));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".js" -> "text/javascript; charset=utf-8";
      case ".css" -> "text/css; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no content type is known for " + name);
    };
  }

  private static byte[] read(Class<?> owner, Source source) {
    try (InputStream in = owner.getResourceAsStream(source.resource())) {
      if (in == null) {
        throw new IllegalStateException(
            source.resource() + " is not on the class path: is the build complete?");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source.resource(), e);
    }
  }
}
