package io.tracegram.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.CoapProfile.Mode;
import io.tracegram.runtime.profile.CoapRecord;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDefinition.Unit;
import io.tracegram.runtime.senml.SenmlFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoapProfileReaderTest {
  private static final String NAME = "profiles/acme/coap.yaml";
  private static final String PROFILE =
      """
      kind: coap-meter
      vendor: Acme
      model: C
      source: manual
      format: cbor
      mode: observe
      timeoutMillis: 500
      maxAgeSeconds: 10
      records:
        - {id: energy-import, name: e, unit: Wh, states: none, scale: 10, resolution: 10, max: 99}
        - {id: serial, name: sn, kind: identity}
      """;

  private static final String POINT =
      "es256:0471412611476a47055f6f52637333773e42e56ad8f1f987e082be34fe7c0f9686d6e36e9905d3dae8213ee"
          + "34e00bfdfc8f087648757c831f20c75a5c9913825a8";

  private static final String LINE =
      "  - {id: fan, name: Fan, parent: main, role: consumption, profile: acme/coap, WAY, serial: A7,"
          + " accuracyClass: 1, maxPowerKw: 100}\n";

  private final ConfigFixture files;

  CoapProfileReaderTest(@TempDir Path directory) throws IOException {
    files = new ConfigFixture(directory);
  }

  private static String plant(String way) {
    return ConfigFixture.PLANT.replace("scales:", LINE.replace("WAY", way) + "scales:");
  }

  private MeterAccess.Coap access(String way) throws IOException {
    files.write(NAME, PROFILE);
    PlantFile plant =
        PlantFile.load(files.write("plant.yaml", plant(way)), files.profiles()).orThrow();
    return (MeterAccess.Coap) plant.meters().getLast().access();
  }

  @Test
  void readsHowRecordsMapToQuantities() throws IOException {
    CoapProfile profile =
        (CoapProfile) ProfileFile.load(files.write(NAME, PROFILE)).orThrow().profile();

    assertThat(profile.format()).isEqualTo(SenmlFormat.CBOR);
    assertThat(profile.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(profile.timeoutMillis()).isEqualTo(500);
    assertThat(profile.maxAgeMillis()).isEqualTo(10_000);
    assertThat(profile.record(Quantity.ENERGY_IMPORT))
        .contains(
            new CoapRecord(
                Quantity.ENERGY_IMPORT,
                "e",
                Unit.WATT_HOUR,
                "",
                BigDecimal.TEN,
                BigDecimal.TEN,
                Optional.of(new BigDecimal("99"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format: cbor|format: cbr|5: error[bad-value] 'format' must be one of json, cbor, not 'cbr';"
            + " did you mean 'cbor'?",
        "mode: observe|mode: pull|6: error[bad-value] 'mode' must be one of poll, observe, push, not"
            + " 'pull'; did you mean 'poll'?",
        "timeoutMillis: 500|timeoutMillis: 5|7: error[bad-value] 'timeoutMillis' must be from 100 to"
            + " 60000, not 5",
        "unit: Wh|unit: W|10: error[bad-value] 'unit' W does not measure energy-import",
        "resolution: 10|resolution: 0|10: error[bad-value] 'resolution' must be greater than 0",
        "resolution: 10, |``|10: error[missing-key] 'resolution' is missing here",
        "name: e,|name: e f,|10: error[bad-value] 'name' must be a SenML name, or the end of one, not"
            + " 'e f'",
        "scale: 10|scal: 10|10: error[unknown-key] 'scal' is not known here; did you mean 'scale'?",
        "kind: identity|unit: W|11: error[unknown-key] 'unit' is not known here",
        "id: serial|id: energy-import|11: error[duplicate-id] 'energy-import' is described twice",
        "id: energy-import|id: energy-export|9: error[no-energy] a meter needs a record with id"
            + " energy-import"
      })
  void saysWhereAProfileIsWrong(String right, String wrong, String problem) throws IOException {
    assertThat(PROFILE).contains(right);

    assertThat(files.check(NAME, PROFILE.replace(right, wrong)))
        .anySatisfy(each -> assertThat(each).startsWith(NAME + ":" + problem));
  }

  @Test
  void readsWhereAMeterIsAndWhoItIs() throws IOException {
    assertThat(access("address: \"coap://10.0.0.7/m/1\"").peer())
        .isEqualTo(new CoapPeer.Serves(new HostPort("10.0.0.7", 5683), "/m/1"));
    assertThat(access("mode: poll, address: \"coap://[::1]:99/m\"").peer())
        .isEqualTo(new CoapPeer.Serves(new HostPort("::1", 99), "/m"));
    MeterAccess.Coap secure =
        access("address: \"coaps://m.local/m\", dtls: {psk: keys/fan.psk, identity: fan}");
    assertThat(secure.peer()).isEqualTo(new CoapPeer.Serves(new HostPort("m.local", 5684), "/m"));
    assertThat(secure.security())
        .isInstanceOfSatisfying(
            CoapSecurity.PreSharedKey.class,
            shared -> assertThat(shared.key().toString()).endsWith("keys/fan.psk"));
    assertThat(access("mode: push, path: /fan, from: 10.0.0.7").peer())
        .isEqualTo(new CoapPeer.Pushes("10.0.0.7", "/fan"));
    MeterAccess.Coap raw = access("mode: push, path: /fan, dtls: {publicKey: \"" + POINT + "\"}");
    assertThat(raw.peer()).isEqualTo(new CoapPeer.Pushes("", "/fan"));
    assertThat(raw.security()).isInstanceOf(CoapSecurity.RawPublicKey.class);
    assertThat(access("mode: push, path: /fan, dtls: {trust: ca.pem, subject: fan 1}").security())
        .isInstanceOf(CoapSecurity.Certificate.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "address: `tcp://10.0.0.7:1`|'address' must be coap://host:port/path (coaps:// with 'dtls'),"
            + " not 'tcp://10.0.0.7:1'",
        "address: `coap://10.0.0.7`|'address' must be coap://host:port/path (coaps:// with 'dtls'),"
            + " not 'coap://10.0.0.7'",
        "address: `coap://10.0.0.7/m`, dtls: {psk: k, identity: f}|'address' must be"
            + " coaps://host:port/path, not 'coap://10.0.0.7/m'",
        "address: `coaps://10.0.0.7/m`, dtls: {psk: k}|error[missing-key] 'identity' is missing here",
        "address: `coaps://10.0.0.7/m`, dtls: {}|'dtls' has either 'psk' with 'identity',"
            + " 'publicKey', or 'trust' with 'subject'",
        "address: `coaps://10.0.0.7/m`, dtls: {psk: k, identity: f, trust: c}|'dtls' has either"
            + " 'psk' with 'identity', 'publicKey', or 'trust' with 'subject'",
        "address: `coaps://10.0.0.7/m`, dtls: {trust: c, subjekt: f}|error[unknown-key] 'subjekt' is"
            + " not known here; did you mean 'subject'?",
        "mode: push, path: fan, from: 10.0.0.7|'path' must be a path such as /meters/chiller, not"
            + " 'fan'",
        "mode: push, path: /fan|error[missing-key] 'from' is missing here",
        "mode: push, path: /fan, from: m.local|'from' must be the numeric address that it sends"
            + " from, not 'm.local'",
        "mode: push, path: /fan, from: 10.0.0.7, address: `coap://10.0.0.7/m`|error[unknown-key]"
            + " 'address' is not known here",
        "address: `coap://10.0.0.7/m`, unit: 1|error[unknown-key] 'unit' is not known here"
      })
  void saysWhereAPlantIsWrong(String way, String problem) throws IOException {
    files.write(NAME, PROFILE);

    assertThat(files.check("plant.yaml", plant(way.replace('`', '"'))))
        .anySatisfy(each -> assertThat(each).contains(problem));
  }

  @Test
  void refusesTwoThatPushAsOne() throws IOException {
    files.write(NAME, PROFILE);
    String way = "mode: push, path: /fan, dtls: {psk: k, identity: f}";
    String two =
        plant(way)
            .replace(
                "scales:", LINE.replace("WAY", way).replace("id: fan", "id: fan2") + "scales:");

    assertThat(files.check("plant.yaml", two))
        .anySatisfy(each -> assertThat(each).contains("error[duplicate-address] the agent's CoAP"))
        .anySatisfy(each -> assertThat(each).contains("error[duplicate-identity]"));
  }
}
