package io.tracegram.runtime.config;

import io.tracegram.runtime.factor.IntensityAddress;
import io.tracegram.runtime.factor.IntensityHeader;
import io.tracegram.runtime.factor.IntensityShape;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A series of grid intensities and where it comes from. Immutable.
 *
 * @param header what the series says of itself
 */
public record IntensitySource(IntensityHeader header, IntensityShape shape, Origin origin) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final URI NOWHERE = URI.create("http://invalid");

  /** Where the slots are. */
  public sealed interface Origin {
    /** In a file that is read at each start. */
    record Local(Path file) implements Origin {}

    /** At an address that is asked again and again. */
    record Fetched(IntensityAddress address) implements Origin {}
  }

  /** Reads the list {@code intensities} of a file. */
  static List<IntensitySource> read(YamlMap yaml) {
    References ids = new References("intensity");
    List<IntensitySource> sources = new ArrayList<>();
    for (YamlMap item : yaml.optionalList("intensities").maps()) {
      String id =
          item.value(
              "id",
              text -> Scalars.matching(text, ID, "a-z, 0-9 and -, at most 40 characters"),
              "");
      ids.declare(item, "id", id);
      source(item, id).ifPresent(sources::add);
      item.close();
    }
    return sources;
  }

  private static Optional<IntensitySource> source(YamlMap item, String id) {
    int errorsBefore = item.diagnostics().errorCount();
    IntensityShape shape = item.oneOf("shape", IntensityShape.class);
    IntensityHeader header =
        new IntensityHeader(
            id,
            item.text("zone"),
            FactorWords.boundary(item),
            FactorWords.gwp(item),
            item.text("source"),
            item.text("licence"),
            FactorQualityReader.read(item));
    if (!header.boundary().isEmpty() && !FactorWords.isOfElectricity(header.boundary())) {
      item.error(
          "boundary",
          "wrong-boundary",
          "a grid's intensity has no boundary '"
              + header.boundary()
              + "': generation, life-cycle?");
    }
    Optional<Origin> origin = origin(item, shape);
    if (item.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    if (origin.isPresent() && origin.get() instanceof Origin.Local(Path file)) {
      IntensityCheck.check(file, shape, Optional.of(header), item.diagnostics());
    }
    return origin.map(known -> new IntensitySource(header, shape, known));
  }

  private static Optional<Origin> origin(YamlMap item, IntensityShape shape) {
    boolean file = item.has("file");
    boolean url = item.has("url");
    if (file == url) {
      item.error(
          file ? "url" : "id",
          file ? "two-origins" : "missing-key",
          "exactly one of 'file' and 'url' says where the intensities are");
      return Optional.empty();
    }
    if (url) {
      return Optional.of(new Origin.Fetched(address(item, shape)));
    }
    for (String key : List.of("every", "tokenFile", "tokenHeader")) {
      if (item.has(key)) {
        item.error(key, "not-fetched", "'" + key + "' belongs to a 'url', not to a 'file'");
      }
    }
    Path path = item.path("file");
    if (!Files.isRegularFile(path)) {
      item.error("file", "unreadable", "there is no file " + path);
      return Optional.empty();
    }
    return Optional.of(new Origin.Local(path));
  }

  private static IntensityAddress address(YamlMap item, IntensityShape shape) {
    URI url = item.value("url", Scalars::httpResource, NOWHERE);
    Duration every = item.duration("every", HALF_HOUR);
    if (every.compareTo(Duration.ofMinutes(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
      item.error("every", "bad-value", "'every' must be from 1m to 1d");
    }
    String usual = shape == IntensityShape.ELECTRICITY_MAPS ? "auth-token" : "Authorization";
    String tokenHeader =
        item.optionalValue(
                "tokenHeader", text -> Scalars.matching(text, HEADER, "the name of a header"))
            .orElse(usual);
    Optional<Path> tokenFile =
        item.has("tokenFile") ? Optional.of(item.path("tokenFile")) : Optional.empty();
    if (tokenFile.isPresent() && "http".equals(url.getScheme()) && !isLoopback(url.getHost())) {
      item.error(
          "tokenFile",
          "token-in-clear",
          "over http anyone on the way reads the token: give an https URL");
    }
    return new IntensityAddress(
        url, every, tokenFile.map(path -> new IntensityAddress.Token(tokenHeader, path)));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }
}
