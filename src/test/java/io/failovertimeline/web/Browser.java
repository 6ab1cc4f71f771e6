package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The Chromium of this machine, without a window. Tests that need it are skipped where there is none. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REQUEST = Pattern.compile("\"Network.requestWillBeSent\".*?\"url\":\"([^\"]+)\"");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open(int width, int height) {
        assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER), "no Chromium with its driver here");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        Browser browser = new Browser(driver);
        browser.size(width, height);
        return browser;
    }

    /** Of the page itself, without what a window has around it; also narrower than a window can be. */
    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(Math.max(width, 500), height));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** An empty light page of that size, of which nothing was logged yet. */
    void reset(int width, int height) {
        driver.get("about:blank");
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "light"))));
        size(width, height);
        driver.manage().logs().get(LogType.BROWSER).getAll();
        driver.manage().logs().get(LogType.PERFORMANCE).getAll();
    }

    void dark() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    void go(String address) {
        driver.get(address);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** The first element, once it is there. */
    WebElement find(String css) {
        return until(page ->
                page.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
    }

    /** Also if it is drawn anew meanwhile. */
    void click(String css) {
        until(page -> {
            try {
                find(css).click();
                return true;
            } catch (StaleElementReferenceException drawnAnew) {
                return null;
            }
        });
    }

    void awaitText(String css, String text) {
        until(page -> page.findElements(By.cssSelector(css)).stream()
                        .anyMatch(element -> textOf(element).contains(text))
                ? true
                : null);
    }

    private static String textOf(WebElement element) {
        try {
            return element.getText();
        } catch (StaleElementReferenceException drawnAnew) {
            return "";
        }
    }

    <T> T until(Function<ChromeDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE).until(unused -> condition.apply(driver));
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    void keep(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Nothing was complained of, and every request stayed on this machine; {@code spared} complaints are expected. */
    void assertClean(String... spared) {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> List.of(spared).stream().noneMatch(entry.getMessage()::contains))
                .isEmpty();
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().forEach(entry -> {
            Matcher request = REQUEST.matcher(entry.getMessage());
            if (request.find()) {
                assertThat(request.group(1)).matches("(?:file|data|http://127\\.0\\.0\\.1|about|blob):?.*");
            }
        });
    }

    @Override
    public void close() {
        driver.quit();
    }
}
