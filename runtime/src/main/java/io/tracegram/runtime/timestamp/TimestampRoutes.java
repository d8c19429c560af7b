package io.tracegram.runtime.timestamp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves a log's timestamps under {@code /log/timestamps} as the files they are. Thread-safe. */
public final class TimestampRoutes {
  private static final Pattern PATH =
      Pattern.compile(
          "/log/timestamps/(index|[1-9][0-9]{0,17}/(checkpoint|[a-z0-9-]{1,64}\\.tsr))");

  private final Vertx vertx;
  private final Path directory;

  public TimestampRoutes(Vertx vertx, Path logDirectory) {
    this.vertx = vertx;
    this.directory = logDirectory.resolve(StoredTimestamps.DIRECTORY);
  }

  public void mount(Router router) {
    router.get("/log/timestamps/*").handler(this::serve);
  }

  private void serve(RoutingContext context) {
    Matcher path = PATH.matcher(context.request().path());
    if (!path.matches()) {
      context.next();
      return;
    }
    String name = path.group(1);
    String type =
        name.endsWith(StoredTimestamps.RESPONSE)
            ? "application/timestamp-reply"
            : "text/plain; charset=utf-8";
    vertx
        .executeBlocking(() -> read(directory.resolve(name)), false)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    bytes ->
                        context
                            .response()
                            .putHeader("Content-Type", type)
                            .putHeader("Cache-Control", "no-cache")
                            .end(Buffer.buffer(bytes)),
                    context::next))
        .onFailure(context::fail);
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }
}
