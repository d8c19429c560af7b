package io.tracegram.cloud.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tracegram.cloud.console.SampleCloud;
import io.tracegram.cloud.console.SampleConsole;
import org.junit.jupiter.api.Test;

class ConsolePagesTest {
  @Test
  void theDeclarationShowsItsTotalOnAPhoneAndCallsNobodyElse() throws Exception {
    try (Chromium chromium = new Chromium();
        SampleConsole console = new SampleConsole(new SampleCloud("Battery pack 75 kWh"), 0)) {
      Page page = chromium.page(390, 844, ColorScheme.LIGHT);
      page.navigate(console.url() + "/01/09520000000045/21/PACK-000117");
      assertThat(page.locator("h1")).hasText("Battery pack 75 kWh");
      assertThat(page.locator(".carbon .big")).hasText("1\u202F900 kg CO₂e");
      assertThat(page.locator("svg.qr")).isVisible();
      page.locator("summary").click();
      assertThat(page.locator("table.exact tfoot td")).hasText("1900");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= 390")).isEqualTo(true);
      assertThat(chromium.requests()).allMatch(url -> url.startsWith(console.url()));
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  @Test
  void theConsoleLeadsToTheDeclaration() throws Exception {
    try (Chromium chromium = new Chromium();
        SampleConsole console = new SampleConsole(new SampleCloud("Battery pack 75 kWh"), 0)) {
      Page page = chromium.page(1440, 900, ColorScheme.DARK);
      page.navigate(console.url());
      assertThat(page.locator("#connection")).containsText("Live");
      assertThat(page.locator(".facility").first()).containsText("verified");
      page.locator("a", new Page.LocatorOptions().setHasText("PACK-000117")).click();
      assertThat(page.locator(".kicker")).hasText("Product sustainability declaration");
      assertThat(chromium.complaints()).isEmpty();
    }
  }
}
