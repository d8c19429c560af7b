package io.tracegram.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tracegram.runtime.config.ConfigCheck;
import io.tracegram.runtime.config.ProfileCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** Holds the schema for editors against the profiles, and against what the reader refuses. */
class ProfileSchemaTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final JsonSchema schema;

  ProfileSchemaTest() throws IOException {
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(MODULE.resolve("profile.schema.json")));
  }

  @Test
  void everyProfileFits() throws IOException {
    try (Stream<Path> files = Files.walk(MODULE.resolve("profiles"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(schema.validate(json(Files.readString(file)))).as(file.toString()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eastron/sdm630, byteOrder: ABCD, byteOrder: ABDC",
    "eastron/sdm630, id: power, id: powr",
    "eastron/sdm630, unit: kWh, unit: GWh",
    "eastron/sdm630, maxBlock: 80, maxBlock: 126",
    "eastron/sdm630, table: input, tabel: input",
    "sunspec/meter, discovery: sunspec, discovery: sunspek",
    "sunspec/meter, discovery: sunspec, table: input",
    "sunspec/meter, minGapMillis: 50, maxBlock: 50",
    "itron/cyble-gas, medium: gas, medium: gass",
    "itron/cyble-gas, manufacturer: ACW, manufacturer: Acw",
    "itron/cyble-gas, unit: m3, unit: GJ",
    "itron/cyble-gas, kind: m-bus-meter, kind: modbus-meter",
    "generic/coap-senml, format: json, format: jason",
    "generic/coap-senml, mode: poll, mode: pull",
    "generic/coap-senml, name: power, nam: power",
    "generic/coap-senml-cbor, unit: kWh, unit: GWh",
    "emh/mme40, 1-0:1.8.0, 1.8.0",
    "emh/mme40, unit: kWh, unit: GJ",
    "emh/mme40, manufacturer: EMH, manufacturer: Emh",
    "emh/mme40, serial: , seriel: ",
    "mettler-toledo/mt-sics, protocol: mt-sics, protocol: mt-sic",
    "ohaus/standard, protocol: ohaus, protocol: o-haus",
    "generic/tcp-scanner, acknowledgement: ack-nak, acknowledgement: ack",
    "generic/llrp, keepaliveMillis: 5000, keepaliveMillis: 500"
  })
  void refusesWhatTheReaderRefuses(
      String profile, String right, String wrong, @TempDir Path directory) throws IOException {
    String sound = Files.readString(MODULE.resolve("profiles").resolve(profile + ".yaml"));
    assertThat(sound).contains(right);
    String spoiled = sound.replace(right, wrong);

    assertThat(schema.validate(json(spoiled))).isNotEmpty();
    assertThat(
            ConfigCheck.check(
                List.of(Files.writeString(directory.resolve("profile.yaml"), spoiled)),
                ProfileCatalog.bundled()))
        .isNotEmpty();
  }

  private static JsonNode json(String yaml) {
    return new ObjectMapper().valueToTree(new Yaml().load(yaml));
  }
}
