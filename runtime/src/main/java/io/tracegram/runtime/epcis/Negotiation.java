package io.tracegram.runtime.epcis;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request says of forms and versions, held against what is offered here. Stateless. */
final class Negotiation {
  static final String JSON_LD = "application/ld+json";
  static final String JSON = "application/json";
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,3}");

  private Negotiation() {}

  /** Returns the content type of the answer, or refuses (406). */
  static String accepted(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null || accept.isBlank()) {
      return JSON;
    }
    double json = quality(accept, JSON);
    double linked = quality(accept, JSON_LD);
    if (Math.max(json, linked) <= 0) {
      throw EpcisProblem.NOT_ACCEPTABLE.refusal(
          "events are written as application/json or application/ld+json");
    }
    boolean named = accept.toLowerCase(Locale.ROOT).contains(JSON_LD);
    return linked > json || (named && linked == json) ? JSON_LD : JSON;
  }

  /** Returns how much a type is wanted; the most specific range counts (RFC 9110 §12.5.1). */
  private static double quality(String accept, String type) {
    List<String> ranges = List.of(type, "application/*", "*/*");
    int best = ranges.size();
    double quality = 0;
    for (String part : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] words = part.split(";", -1);
      int specific = ranges.indexOf(words[0].strip());
      if (specific >= 0 && specific < best) {
        best = specific;
        quality = weight(words);
      }
    }
    return quality;
  }

  private static double weight(String[] words) {
    for (String word : words) {
      String trimmed = word.strip();
      if (trimmed.startsWith("q=")) {
        return trimmed.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
            ? Double.parseDouble(trimmed.substring(2))
            : 0;
      }
    }
    return 1;
  }

  /** Refuses a body that is not JSON-LD in UTF-8 (415). */
  static void requireJson(HttpServerRequest request) {
    String type =
        Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    String[] words = type.split(";", -1);
    String media = words[0].strip();
    boolean charset = true;
    for (String word : words) {
      String trimmed = word.strip().replace("\"", "");
      charset &= !trimmed.startsWith("charset=") || trimmed.equals("charset=utf-8");
    }
    if (!charset || !(media.equals(JSON) || media.equals(JSON_LD))) {
      throw EpcisProblem.MEDIA_TYPE.refusal(
          "send application/json or application/ld+json in UTF-8; XML is not captured here");
    }
  }

  /** Refuses a version of EPCIS or CBV that is not spoken here (406). */
  static void requireVersions(HttpServerRequest request) {
    version(request, "GS1-EPCIS-Version", true, true);
    version(request, "GS1-CBV-Version", true, true);
    version(request, "GS1-EPCIS-Min", true, false);
    version(request, "GS1-EPCIS-Max", false, true);
    version(request, "GS1-CBV-Min", true, false);
    version(request, "GS1-CBV-Max", false, true);
  }

  private static void version(
      HttpServerRequest request, String header, boolean notAbove, boolean notBelow) {
    String said = request.getHeader(header);
    if (said == null) {
      return;
    }
    if (!VERSION.matcher(said).matches()) {
      throw EpcisProblem.NOT_ACCEPTABLE.refusal(header + " is no version such as 2.0.0");
    }
    int major = Integer.parseInt(said.split("\\.", -1)[0]);
    if ((notAbove && major > 2) || (notBelow && major < 2)) {
      throw EpcisProblem.NOT_ACCEPTABLE.refusal(
          header + " is " + said + ", but EPCIS 2.0 and CBV 2.0 are spoken here");
    }
  }

  /** Returns the wanted form of identifiers; without a wish they stay as they were captured. */
  static EpcFormat epcFormat(HttpServerRequest request) {
    String said = request.getHeader("GS1-EPC-Format");
    if (said == null || said.equals("No_Preference")) {
      return EpcFormat.NEVER_TRANSLATES;
    }
    for (EpcFormat format : EpcFormat.values()) {
      if (format.word().equals(said)) {
        return format;
      }
    }
    throw EpcisProblem.NOT_ACCEPTABLE.refusal(
        "GS1-EPC-Format is No_Preference, or one of " + EpcFormat.words());
  }

  /** Says whether good events are to be kept when others are refused. */
  static boolean proceed(HttpServerRequest request) {
    String said = request.getHeader("GS1-Capture-Error-Behaviour");
    if (said == null || said.equals("rollback")) {
      return false;
    }
    if (said.equals("proceed")) {
      return true;
    }
    throw EpcisProblem.VALIDATION.refusal(
        "GS1-Capture-Error-Behaviour is rollback or proceed, not " + EventQueryReader.shown(said));
  }
}
