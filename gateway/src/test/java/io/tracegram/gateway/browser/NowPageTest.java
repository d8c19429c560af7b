package io.tracegram.gateway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tracegram.gateway.dashboard.SampleGateway;
import io.tracegram.gateway.dashboard.SamplePlant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NowPageTest {
  private Chromium chromium;
  private SamplePlant plant;
  private SampleGateway gateway;

  @BeforeAll
  void open() {
    chromium = new Chromium();
  }

  @AfterAll
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void serve() throws Exception {
    plant = SamplePlant.atAfternoon();
    gateway = new SampleGateway(plant, 0);
  }

  @AfterEach
  void stop() {
    gateway.close();
    chromium.forget();
  }

  @Test
  void showsTheFiguresWithoutComplaintAndCallsNobodyElse() {
    Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
    page.navigate(gateway.url());
    assertThat(page.locator("#hero-energy .big")).hasText("7\u202F600.4 kWh");
    assertThat(page.locator("#hero-co2e .big")).hasText("272.78 kg CO₂e");
    assertThat(page.locator("#plot canvas")).isVisible();
    assertThat(page.locator("#connection")).containsText("Live");
    assertThat(chromium.requests()).allMatch(url -> url.startsWith(gateway.url()));
    assertThat(chromium.complaints()).isEmpty();
    page.context().close();
  }

  @Test
  void aChangeArrivesWithoutReloadAndLeavesTheReaderWhereTheyAre() {
    Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
    page.navigate(gateway.url());
    assertThat(page.locator("#connection")).containsText("Live");
    page.evaluate("window.notReloaded = true");
    page.locator("#quarters-details summary").click();
    Locator lot =
        page.getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("CS-0311-A").setExact(true));
    lot.focus();

    plant.advance();

    assertThat(page.locator("#hero-energy .big")).not().hasText("7\u202F600.4 kWh");
    assertThat(page.locator("#hero-energy .note").first()).containsText("00:00 to 14:30");
    assertThat(page.locator("#quarters-table tbody tr")).hasCount(58);
    assertThat(lot).isFocused();
    assertThat(page.locator("#quarters-details")).hasAttribute("open", "");
    assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
    assertThat(chromium.complaints()).isEmpty();
    page.context().close();
  }

  @Test
  void theChartsTableHasAGapWhereNothingIsKnown() {
    Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
    page.navigate(gateway.url());
    page.locator("#quarters-details summary").click();
    assertThat(page.locator("#quarters-table tr.gap")).hasCount(2);
    assertThat(page.locator("#quarters-table tr.gap").first()).containsText("no data");
    page.context().close();
  }

  @Test
  void hostileNamesAreTextInTheBrowserToo() throws Exception {
    String hostile = "<img src=x onerror=\"window.hacked=1\">";
    SamplePlant evil = new SamplePlant(hostile, 30, List.of());
    evil.raise(hostile, hostile);
    try (SampleGateway other = new SampleGateway(evil, 0)) {
      Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
      page.navigate(other.url());
      assertThat(page.locator("h1")).hasText(hostile);
      evil.grow();
      assertThat(page.locator("#title")).containsText(" ago");
      assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
      page.context().close();
    }
  }

  @Test
  void aLostGatewayIsSaidWithItsTime() {
    Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
    page.navigate(gateway.url());
    assertThat(page.locator("#connection")).containsText("Live");
    gateway.close();
    assertThat(page.locator("#connection")).containsText("Connection lost at ");
    assertThat(page.locator("#hero-energy .big")).hasText("7\u202F600.4 kWh");
    page.context().close();
  }

  @Test
  void fitsAPhoneAndTheKeyboardReachesTheContent() {
    Page page = chromium.page(390, 844, ColorScheme.DARK);
    for (String path : List.of("/", "/lots/01/09520000000028/10/CS-0311-A", "/evidence/300")) {
      page.navigate(gateway.url() + path);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= 390"))
          .as(path)
          .isEqualTo(true);
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
    }
    page.context().close();
  }

  @Test
  void anEmptyPlantSaysWhatToDoAndFillsItselfInWhenReadingsCome() throws Exception {
    SamplePlant young = SamplePlant.empty();
    try (SampleGateway other = new SampleGateway(young, 0)) {
      Page page = chromium.page(1440, 900, ColorScheme.LIGHT);
      page.navigate(other.url());
      assertThat(page.locator("#first")).containsText("Waiting for the first reading");
      assertThat(page.locator("#connection")).containsText("Live");
      young.advance();
      assertThat(page.locator("#first")).hasCount(0);
      assertThat(page.locator("#demo")).isVisible();
      assertThat(page.locator("#plot canvas")).isVisible();
      page.context().close();
    }
  }
}
