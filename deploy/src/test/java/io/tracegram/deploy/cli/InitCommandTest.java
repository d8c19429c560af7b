package io.tracegram.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.deploy.setup.Interview;
import io.tracegram.deploy.setup.Question;
import io.tracegram.runtime.config.ConfigCheck;
import io.tracegram.runtime.config.MeterAccess;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
  private final Path directory;

  InitCommandTest(@TempDir Path directory) {
    this.directory = directory.resolve("press-shop");
  }

  private CommandRun init(String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "init";
    words[1] = directory.toString();
    words[2] = "--yes";
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandRun.of(words);
  }

  private PlantFile plant() {
    return PlantFile.load(directory.resolve("plant.yaml"), ProfileCatalog.bundled()).orThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Press shop,          Europe/Berlin, eastron/sdm630,       192.168.1.50:502,          1",
    "'Hütte \"7\" \\ Süd', Asia/Tokyo,   schneider/iem3155,    tcp://meter.example:1502, 247",
    "Ölmühle,             UTC,           carlo-gavazzi/em340,  rtu://192.168.1.9:4001,    3",
    "4711 Werk,           Europe/Warsaw, abb/b23,              serial:/dev/serial/by-id/usb-FTDI_A1, 247"
  })
  void writesWhatCheckAcceptsWithoutAWord(
      String name, String zone, String profile, String address, String unit) {
    CommandRun run =
        init(
            "--name",
            name,
            "--zone",
            zone,
            "--profile",
            profile,
            "--address",
            address,
            "--unit",
            unit);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(ConfigCheck.check(List.of(directory))).isEmpty();
    assertThat(plant().model().name()).isEqualTo(name);
    assertThat(plant().model().timeZone()).isEqualTo(zone);
    MeterAccess access = plant().meters().getFirst().access();
    assertThat(access)
        .isInstanceOf(
            address.startsWith("rtu:") || address.startsWith("serial:")
                ? MeterAccess.ModbusRtu.class
                : MeterAccess.ModbusTcp.class);
    assertThat(run.out()).contains("probe " + directory.resolve("plant.yaml"), "Then look at");
    assertThat(directory.resolve("agent/keys/agent-1.pub")).exists();
  }

  @Test
  void takesDefaultsForEverything() {
    assertThat(init().code()).isZero();
    assertThat(plant().model().facility()).isEqualTo("press-shop");
    assertThat(ConfigCheck.check(List.of(directory))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"plant.yaml", "agent.yaml", "gateway.yaml"})
  void overwritesNothingAndSaysWhatIsInTheWay(String file) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(file), "mine");

    CommandRun run = init();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(directory.resolve(file) + " is in the way");
    assertThat(directory.resolve(file)).hasContent("mine");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--profile, eastron/smd630,   did you mean 'eastron/sdm630'?",
    "--profile, mettler-toledo/mt-sics, there is no Modbus meter",
    "--zone,    Europe/Berln,     did you mean 'Europe/Berlin'?",
    "--address, 192.168.1.50,     must be tcp://host:port",
    "--address, serial:COM1,      such as one in /dev/serial/by-id",
    "--unit,    248,              a number from 1 to 247",
    "--name,    ---,              a name has letters"
  })
  void saysWhatWouldBeRight(String option, String value, String message) {
    CommandRun run = init(option, value);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(directory).doesNotExist();
  }

  @Test
  void asksAtMostFiveQuestionsAndAWrongAnswerAgain() throws IOException {
    StringWriter asked = new StringWriter();
    Map<Question, String> defaults = new EnumMap<>(Question.class);
    for (Question question : Question.values()) {
      defaults.put(question, "1");
    }
    defaults.put(Question.ZONE, "Europe/Berlin");
    Interview interview =
        new Interview(
            new BufferedReader(
                new StringReader("Press shop\n\neastron/smd630\neastron/sdm630\nmeter:502\n")),
            new PrintWriter(asked, true));

    Map<Question, String> answers = interview.answers(Map.of(), defaults);

    assertThat(answers)
        .containsExactly(
            Map.entry(Question.NAME, "Press shop"),
            Map.entry(Question.ZONE, "Europe/Berlin"),
            Map.entry(Question.PROFILE, "eastron/sdm630"),
            Map.entry(Question.ADDRESS, "meter:502"),
            Map.entry(Question.UNIT, "1"));
    assertThat(asked.toString())
        .contains("did you mean 'eastron/sdm630'?")
        .containsOnlyOnce("called?");
    assertThat(Question.values()).hasSizeLessThanOrEqualTo(5);
  }
}
