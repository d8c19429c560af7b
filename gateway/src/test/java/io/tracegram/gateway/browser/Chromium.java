package io.tracegram.gateway.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The system's Chromium, with a record of what pages complained about and whom they called. A test
 * that needs it is skipped, with a message, where it is absent.
 */
final class Chromium implements AutoCloseable {
  private static final Path EXECUTABLE =
      Path.of(System.getProperty("tracegram.chromium", "/usr/bin/chromium"));
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  Chromium() {
    assumeTrue(
        Files.isExecutable(EXECUTABLE),
        () -> EXECUTABLE + " is absent: install chromium, or give it by -Dtracegram.chromium");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(EXECUTABLE).setArgs(ARGUMENTS));
  }

  /** Opens an empty page. */
  Page page(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
    Page page = context.newPage();
    page.onConsoleMessage(this::listen);
    page.onPageError(complaints::add);
    page.onRequest(this::note);
    return page;
  }

  private void listen(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.text());
    }
  }

  private void note(Request request) {
    requests.add(request.url());
  }

  /** Returns what scripts and the content security policy complained about. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Forgets complaints and requests, after a test that provoked some. */
  void forget() {
    complaints.clear();
    requests.clear();
  }

  /** Returns the address of every request that pages made. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
