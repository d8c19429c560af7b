package io.tracegram.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.tracegram.runtime.web.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks a server as a browser or a program would. */
public final class Http {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  public Http(String base) {
    this.base = base;
  }

  public HttpResponse<String> page(String path) throws Exception {
    return get(path, "text/html");
  }

  public HttpResponse<String> get(String path, String accept) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).header("Accept", accept).build(),
        BodyHandlers.ofString());
  }

  public JsonNode json(String path) throws Exception {
    return Json.parse(get(path, "application/json").body());
  }
}
