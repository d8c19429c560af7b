package io.tracegram.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.tracegram.cloud.declaration.Declaration;
import io.tracegram.runtime.web.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
  private static final String PACK = "/01/09520000000045/21/PACK-000117";
  private static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";

  private final HttpClient client = HttpClient.newHttpClient();
  private final SampleCloud cloud = new SampleCloud("Battery pack 75 kWh");
  private SampleConsole console;

  @BeforeAll
  void serve() throws Exception {
    console = new SampleConsole(cloud, 0);
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void facilitiesShowHowFarTheyAreMirroredAuditedAndWitnessed() throws Exception {
    String page = get(console, "/", "text/html").body();
    assertThat(page)
        .contains("DEMO", "Kokkola cobalt refinery", "12\u202F032")
        .contains("verified", "checking", "failed at leaf 411")
        .contains("the signature is not the registered key's", "no cosignature yet")
        .contains("href=\"" + PACK + "\"");
  }

  @Test
  void partsShownAddUpToTheTotalShownRoundedAndExact() throws Exception {
    Declaration pack = cloud.declaration(SampleCloud.PACK).orElseThrow();
    String page = get(console, PACK, "text/html").body();
    int start = page.indexOf("<table class=\"parts\">");
    String table = page.substring(start, page.indexOf("</table>", start));
    List<BigDecimal> shown =
        Pattern.compile("<td><data [^>]*>([^<]+)</data>")
            .matcher(table)
            .results()
            .map(found -> new BigDecimal(found.group(1).replace("\u202F", "")))
            .toList();
    // 184.33…, 511.33… and 1204.33… kg: rounded by themselves they would lose a kilogram.
    assertThat(shown).hasSize(4);
    assertThat(sum(shown.subList(0, 3)))
        .isEqualByComparingTo(shown.get(3))
        .isEqualByComparingTo("1900");
    assertThat(page)
        .contains("Own <data class=\"figure\" value=\"184.333333333\"", ">184<span")
        .contains("Inherited <data class=\"figure\" value=\"1715.666666667\"", ">1\u202F716<span");
    List<BigDecimal> exact =
        Pattern.compile("<td class=\"mono\">([0-9.]+)</td>")
            .matcher(page)
            .results()
            .map(found -> new BigDecimal(found.group(1)))
            .toList();
    assertThat(sum(exact.subList(0, 3)))
        .isEqualByComparingTo(exact.get(3))
        .isEqualByComparingTo(pack.total().kilograms());
  }

  @Test
  void eachPartSaysWhatItRestsOnAndWhereItIsProven() throws Exception {
    assertThat(get(console, PACK, "text/html").body())
        .contains("Metered there", "proven account of Kokkola cobalt refinery", "Secondary factor")
        .contains("leaf 11\u202F772", "witnessed by witness.example/w1")
        .contains("Published as revision 2", "as leaf 4\u202F711 of log", "cloud.example/log")
        .contains("DEMO", "Not counted yet")
        .as("1,900 kg, of which 1,514.33 secondary")
        .contains("Primary data share:</strong> 20.30 % by the policy ‘strict’")
        .contains("A part, such as a supplier’s, was counted by another policy.");
  }

  @Test
  void theQrCodeReallyLeadsToThisPage() throws Exception {
    String page = get(console, PACK, "text/html").body();
    Matcher svg =
        Pattern.compile(
                "class=\"qr\" viewBox=\"0 0 (\\d+) \\d+\".*?<path d=\"([^\"]+)\"", Pattern.DOTALL)
            .matcher(page);
    assertThat(svg.find()).isTrue();
    assertThat(decoded(Integer.parseInt(svg.group(1)), svg.group(2)))
        .isEqualTo("http://127.0.0.1:8100" + PACK);
  }

  @Test
  void programsGetLinkedDataAtTheSameAddress() throws Exception {
    HttpResponse<String> answer = get(console, PACK, "application/ld+json");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/ld+json");
    assertThat(answer.headers().firstValue("vary").orElse("")).containsIgnoringCase("accept");
    JsonNode json = Json.parse(answer.body());
    assertThat(json.path("co2eKg").textValue()).isEqualTo("1900");
    assertThat(json.path("ownCo2eKg").textValue()).isEqualTo("184.333333333");
    assertThat(json.path("primaryDataShare").textValue()).isEqualTo("20.30");
    assertThat(json.path("primaryDataPolicy").textValue()).isEqualTo("strict");
    assertThat(json.at("/product/gs1:gtin").textValue()).isEqualTo("09520000000045");
    assertThat(json.at("/components/1/product/@id").isMissingNode()).isTrue();
    assertThat(json.at("/components/1/@id").textValue())
        .isEqualTo("https://id.gs1.org/01/09520000000052/10/NI%2F88");
    assertThat(json.at("/components/0/evidence/leaf").longValue()).isEqualTo(11_772);
    assertThat(get(console, PACK, "image/png").statusCode()).isEqualTo(406);
  }

  @Test
  void anUnknownItemIsAKindPage() throws Exception {
    for (String path :
        List.of("/01/09520000000045/21/NOBODY", "/01/123/21/X", "/01/09520000000045/10/LOT")) {
      HttpResponse<String> page = get(console, path, "text/html");
      assertThat(page.statusCode()).as(path).isEqualTo(404);
      assertThat(page.body()).contains("<h1>Not found</h1>", "href=\"/\"");
    }
  }

  @Test
  void hostileNamesStayText() throws Exception {
    try (SampleConsole hostile = new SampleConsole(new SampleCloud(HOSTILE), 0)) {
      for (String path : List.of("/", PACK)) {
        assertThat(get(hostile, path, "text/html").body())
            .as(path)
            .contains("&lt;script&gt;")
            .doesNotContain("<script>alert", "<img src=x", " style=");
      }
    }
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Draws the path with eight pixels per module, and reads it as a phone would. */
  private static String decoded(int size, String path) throws Exception {
    int scale = 8;
    int[] pixels = new int[size * scale * size * scale];
    Arrays.fill(pixels, 0xFFFFFF);
    Matcher run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z").matcher(path);
    while (run.find()) {
      int left = Integer.parseInt(run.group(1)) * scale;
      int top = Integer.parseInt(run.group(2)) * scale;
      int width = Integer.parseInt(run.group(3)) * scale;
      for (int y = top; y < top + scale; y++) {
        Arrays.fill(pixels, y * size * scale + left, y * size * scale + left + width, 0);
      }
    }
    RGBLuminanceSource image = new RGBLuminanceSource(size * scale, size * scale, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(image))).getText();
  }

  private HttpResponse<String> get(SampleConsole from, String path, String accept)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(from.url() + path)).header("Accept", accept).build(),
        BodyHandlers.ofString());
  }
}
