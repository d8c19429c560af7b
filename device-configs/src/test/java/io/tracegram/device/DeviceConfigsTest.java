package io.tracegram.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.emission.InstrumentPortfolio;
import io.tracegram.ledger.emission.Scope2Policy;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.config.ConfigCheck;
import io.tracegram.runtime.config.InstrumentFile;
import io.tracegram.runtime.config.Loaded;
import io.tracegram.runtime.config.PlantFile;
import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.config.RecordingFile;
import io.tracegram.runtime.profile.CoapDecoder;
import io.tracegram.runtime.profile.CoapProfile;
import io.tracegram.runtime.profile.CoapRecord;
import io.tracegram.runtime.profile.Decoded;
import io.tracegram.runtime.profile.MBusFrame;
import io.tracegram.runtime.profile.MBusProfile;
import io.tracegram.runtime.profile.MBusRecord;
import io.tracegram.runtime.profile.MBusTelegram;
import io.tracegram.runtime.profile.MeterProfile;
import io.tracegram.runtime.profile.Quantity;
import io.tracegram.runtime.profile.RegisterDecoder;
import io.tracegram.runtime.profile.RegisterDefinition;
import io.tracegram.runtime.profile.ScaleProfile;
import io.tracegram.runtime.profile.ScaleReply;
import io.tracegram.runtime.profile.SmlFrames;
import io.tracegram.runtime.profile.SmlProfile;
import io.tracegram.runtime.profile.SmlTelegram;
import io.tracegram.runtime.profile.SmlValue;
import io.tracegram.runtime.profile.SunSpecMap;
import io.tracegram.runtime.profile.SunSpecWalk;
import io.tracegram.runtime.senml.SenmlPack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds every profile against its recording; a new profile needs no change here. */
class DeviceConfigsTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final ProfileCatalog profiles = ProfileCatalog.bundled();

  @Test
  void everyFileIsWithoutProblems() {
    assertThat(
            ConfigCheck.check(
                List.of(
                    MODULE.resolve("profiles"),
                    MODULE.resolve("recordings"),
                    MODULE.resolve("factors"),
                    MODULE.resolve("plants")),
                profiles))
        .as("freight factors of the demonstration are transcribed, and say so")
        .filteredOn(problem -> !problem.code().equals("unconfirmed-factor"))
        .isEmpty();
  }

  @Test
  void theExampleOfInstrumentsCountsInItsPlant() {
    Path plant = MODULE.resolve("plants").resolve("konstanz-factory");
    ZoneId zone =
        ZoneId.of(
            PlantFile.load(plant.resolve("plant.yaml"), profiles).orThrow().model().timeZone());

    Loaded<InstrumentFile> example =
        InstrumentFile.load(plant.resolve("instruments.example.yaml"), zone);

    InstrumentPortfolio portfolio = example.orThrow().portfolio();
    assertThat(example.diagnostics()).isEmpty();
    assertThat(portfolio.isHourly()).isTrue();
    assertThat(portfolio.instruments())
        .hasSize(2)
        .allSatisfy(
            instrument -> {
              for (Scope2Policy policy : Scope2Policy.values()) {
                if (!policy.demandsDeliverability() || instrument.generation().isPresent()) {
                  assertThat(instrument.refusals(policy)).as(instrument.id()).isEmpty();
                }
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> everyMeterReadsItsRecording() throws IOException {
    Map<String, RecordingFile> recordings = recordings();
    return profiles.ids().stream()
        .flatMap(id -> profiles.find(id).stream())
        .filter(MeterProfile.class::isInstance)
        .map(MeterProfile.class::cast)
        .filter(profile -> profile.discovery() == MeterProfile.Discovery.NONE)
        .map(
            profile ->
                DynamicTest.dynamicTest(
                    profile.id(), () -> readsItsRecording(profile, recordings)));
  }

  @TestFactory
  Stream<DynamicTest> everySunSpecMeterIsFoundInItsRecording() throws IOException {
    List<RecordingFile> recordings =
        everyRecording().stream().filter(file -> file.profile().equals("sunspec/meter")).toList();
    assertThat(recordings).as("one of integers, one of floats").hasSize(2);
    return recordings.stream()
        .map(
            recording ->
                DynamicTest.dynamicTest(
                    recording.source(), () -> isFoundInTheRegistersOf(recording)));
  }

  /** The device has the registers that the frames show, and no others. */
  private static void isFoundInTheRegistersOf(RecordingFile recording) {
    SortedMap<Integer, Short> registers = registersOf(recording);
    SunSpecMap map = walk(registers);
    Map<Quantity, Decoded> decoded = map.decode(bytes(registers, map.span()).orElseThrow());
    for (RecordingFile.Frame frame : recording.frames()) {
      assertThat(
              frame.quantity() == Quantity.SERIAL
                  ? RegisterDecoder.decode(
                      map.serial(), bytes(registers, map.serial()).orElseThrow())
                  : decoded.get(frame.quantity()))
          .isEqualTo(expected(frame));
    }
    assertThat(recording.frames())
        .extracting(RecordingFile.Frame::quantity)
        .contains(Quantity.SERIAL, Quantity.ENERGY_IMPORT, Quantity.POWER);
  }

  private static SortedMap<Integer, Short> registersOf(RecordingFile recording) {
    SortedMap<Integer, Short> registers = new TreeMap<>();
    for (RecordingFile.Frame frame : recording.frames()) {
      ByteBuffer request = ByteBuffer.wrap(payload(frame.request()));
      ByteBuffer reply = ByteBuffer.wrap(payload(frame.reply()));
      assertThat(reply.get(1) & 0xFF).as("byte count").isEqualTo(2 * request.getShort(3));
      for (int i = 0; i < request.getShort(3); i++) {
        registers.put((request.getShort(1) & 0xFFFF) + i, reply.getShort(2 + 2 * i));
      }
    }
    return registers;
  }

  private static SunSpecMap walk(SortedMap<Integer, Short> registers) {
    SunSpecWalk walk = new SunSpecWalk();
    SunSpecWalk.Step step = walk.start();
    while (step instanceof SunSpecWalk.Step.Ask(RegisterDefinition asked)) {
      step = bytes(registers, asked).map(walk::next).orElseGet(walk::absent);
    }
    return ((SunSpecWalk.Step.Found) step).map();
  }

  private static Optional<byte[]> bytes(
      SortedMap<Integer, Short> registers, RegisterDefinition asked) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * asked.words());
    registers
        .subMap(asked.address(), asked.address() + asked.words())
        .values()
        .forEach(bytes::putShort);
    return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
  }

  private static Decoded expected(RecordingFile.Frame frame) {
    return frame
        .resolution()
        .<Decoded>map(resolution -> new Decoded.Value(Long.parseLong(frame.expected()), resolution))
        .orElseGet(() -> new Decoded.Identity(frame.expected()));
  }

  @TestFactory
  Stream<DynamicTest> everyMeterOnAnMBusReadsItsRecording() throws IOException {
    Map<String, RecordingFile> recordings = recordings();
    return profiles.ids().stream()
        .flatMap(id -> profiles.find(id).stream())
        .filter(MBusProfile.class::isInstance)
        .map(MBusProfile.class::cast)
        .map(
            profile ->
                DynamicTest.dynamicTest(
                    profile.id(), () -> readsItsTelegrams(profile, recordings)));
  }

  private static void readsItsTelegrams(
      MBusProfile profile, Map<String, RecordingFile> recordings) {
    assertThat(recordings).as("recordings/%s.yaml", profile.id()).containsKey(profile.id());
    RecordingFile recording = recordings.get(profile.id());
    for (RecordingFile.Frame frame : recording.frames()) {
      byte[] reply = HexFormat.of().parseHex(frame.reply());
      assertThat(HexFormat.of().parseHex(frame.request()))
          .as("request of %s", frame.quantity())
          .isEqualTo(MBusFrame.ofShort(0x5B, MBusFrame.address(reply)));
      MBusTelegram telegram = ((MBusTelegram.Sound) MBusTelegram.parse(reply)).telegram();
      assertThat(telegram.identity().manufacturer()).isEqualTo(profile.manufacturer());
      assertThat(telegram.identity().medium()).contains(profile.medium());
      if (frame.resolution().isEmpty()) {
        assertThat(telegram.identity().serial()).isEqualTo(frame.expected());
      } else {
        assertThat(telegram.read(profile.record(frame.quantity()).orElseThrow()))
            .contains(
                new Decoded.Value(
                    Long.parseLong(frame.expected()), frame.resolution().orElseThrow()));
      }
    }
    assertThat(recording.frames())
        .extracting(RecordingFile.Frame::quantity)
        .as("the identity, and every record of the profile")
        .contains(Quantity.SERIAL)
        .containsAll(profile.records().stream().map(MBusRecord::quantity).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyMeterThatSpeaksSenmlReadsItsRecording() throws IOException {
    Map<String, RecordingFile> recordings = recordings();
    return profiles.ids().stream()
        .flatMap(id -> profiles.find(id).stream())
        .filter(CoapProfile.class::isInstance)
        .map(CoapProfile.class::cast)
        .map(
            profile ->
                DynamicTest.dynamicTest(profile.id(), () -> readsItsPacks(profile, recordings)));
  }

  private static void readsItsPacks(CoapProfile profile, Map<String, RecordingFile> recordings) {
    assertThat(recordings).as("recordings/%s.yaml", profile.id()).containsKey(profile.id());
    RecordingFile recording = recordings.get(profile.id());
    for (RecordingFile.Frame frame : recording.frames()) {
      SenmlPack pack =
          ((SenmlPack.Sound)
                  SenmlPack.parse(profile.format(), HexFormat.of().parseHex(frame.reply())))
              .pack();
      assertThat(CoapDecoder.decode(profile, pack, 0))
          .containsEntry(frame.quantity(), expected(frame));
    }
    assertThat(recording.frames())
        .extracting(RecordingFile.Frame::quantity)
        .as("every record of the profile is recorded")
        .containsAll(profile.records().stream().map(CoapRecord::quantity).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyMeterThatPushesReadsItsRecording() throws IOException {
    Map<String, RecordingFile> recordings = recordings();
    return profiles.ids().stream()
        .flatMap(id -> profiles.find(id).stream())
        .filter(SmlProfile.class::isInstance)
        .map(SmlProfile.class::cast)
        .map(
            profile ->
                DynamicTest.dynamicTest(
                    profile.id(), () -> readsItsPushedTelegrams(profile, recordings)));
  }

  private static void readsItsPushedTelegrams(
      SmlProfile profile, Map<String, RecordingFile> recordings) {
    assertThat(recordings).as("recordings/%s.yaml", profile.id()).containsKey(profile.id());
    RecordingFile recording = recordings.get(profile.id());
    for (RecordingFile.Frame frame : recording.frames()) {
      byte[] sent = HexFormat.of().parseHex(frame.reply());
      SmlFrames.Whole file = (SmlFrames.Whole) new SmlFrames().take(sent, sent.length).getFirst();
      SmlTelegram telegram = ((SmlTelegram.Sound) SmlTelegram.parse(file.content())).telegram();
      assertThat(telegram.manufacturer()).isEqualTo(profile.manufacturer());
      if (frame.resolution().isEmpty()) {
        assertThat(telegram.serial(profile)).isEqualTo(frame.expected());
      } else {
        assertThat(telegram.read(profile.value(frame.quantity()).orElseThrow()))
            .contains(
                new Decoded.Value(
                    Long.parseLong(frame.expected()), frame.resolution().orElseThrow()));
      }
    }
    assertThat(recording.frames())
        .extracting(RecordingFile.Frame::quantity)
        .as("the identity, and every value of the profile")
        .contains(Quantity.SERIAL)
        .containsAll(profile.values().stream().map(SmlValue::quantity).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyScaleReadsItsRecording() throws IOException {
    Map<String, RecordingFile> recordings = recordings();
    return profiles.ids().stream()
        .flatMap(id -> profiles.find(id).stream())
        .filter(ScaleProfile.class::isInstance)
        .map(ScaleProfile.class::cast)
        .map(
            profile ->
                DynamicTest.dynamicTest(profile.id(), () -> readsItsLines(profile, recordings)));
  }

  private static void readsItsLines(ScaleProfile profile, Map<String, RecordingFile> recordings) {
    assertThat(recordings).as("recordings/%s.yaml", profile.id()).containsKey(profile.id());
    List<RecordingFile.Line> lines = recordings.get(profile.id()).lines();
    for (RecordingFile.Line line : lines) {
      assertThat(said(ScaleReply.read(profile.protocol(), line.text())))
          .as(line.text())
          .isEqualTo(line.expected());
    }
    assertThat(lines)
        .extracting(RecordingFile.Line::expected)
        .as("a weight, one that moves and one that is too heavy are recorded")
        .contains("weight.unstable", "weight.overload")
        .anyMatch(expected -> expected.matches("\\d+"));
  }

  /** Returns milligrams, or the code of a refusal. */
  private static String said(ScaleReply reply) {
    return switch (reply) {
      case ScaleReply.Weighed(var mass) -> Long.toString(mass.milligrams());
      case ScaleReply.Refused(String code, String reason) -> code;
      case ScaleReply.Failed(String code, String reason) -> code;
      case ScaleReply.Unreadable() -> "scale.bad-reply";
    };
  }

  @Test
  void everyRecordingIsOfAProfile() throws IOException {
    assertThat(profiles.ids()).containsAll(recordings().keySet());
  }

  @Test
  void theDemoPlantsBecomeModelsThatTheLogCanHold() {
    for (String plant : List.of("demo-refinery", "demo-cell-plant")) {
      PlantModel model =
          PlantFile.load(MODULE.resolve("plants").resolve(plant).resolve("plant.yaml"), profiles)
              .orThrow()
              .model();

      assertThat(PlantModelCodec.decode(PlantModelCodec.encode(model))).isEqualTo(model);
      assertThat(model.simulated()).isTrue();
      assertThat(model.name()).startsWith("DEMO");
    }
  }

  private static void readsItsRecording(
      MeterProfile profile, Map<String, RecordingFile> recordings) {
    assertThat(recordings).as("recordings/%s.yaml", profile.id()).containsKey(profile.id());
    RecordingFile recording = recordings.get(profile.id());
    for (RecordingFile.Frame frame : recording.frames()) {
      RegisterDefinition register = profile.register(frame.quantity()).orElseThrow();
      assertThat(payload(frame.request()))
          .as("request of %s", frame.quantity())
          .isEqualTo(
              ByteBuffer.allocate(5)
                  .put((byte) register.table().functionCode())
                  .putShort((short) register.address())
                  .putShort((short) register.words())
                  .array());
      byte[] reply = payload(frame.reply());
      assertThat(reply[1]).as("byte count").isEqualTo((byte) (2 * register.words()));
      assertThat(RegisterDecoder.decode(register, Arrays.copyOfRange(reply, 2, reply.length)))
          .isEqualTo(expected(frame));
    }
    assertThat(recording.frames())
        .extracting(RecordingFile.Frame::quantity)
        .as("every register of the profile is recorded")
        .containsAll(profile.registers().stream().map(RegisterDefinition::quantity).toList());
  }

  private static Map<String, RecordingFile> recordings() throws IOException {
    Map<String, RecordingFile> recordings = new TreeMap<>();
    everyRecording().forEach(recording -> recordings.put(recording.profile(), recording));
    return recordings;
  }

  private static List<RecordingFile> everyRecording() throws IOException {
    try (Stream<Path> files = Files.walk(MODULE.resolve("recordings"))) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(file -> RecordingFile.load(file).orThrow())
          .toList();
    }
  }

  /** Returns an RTU frame without its unit and its checksum, which is checked. */
  private static byte[] payload(String hex) {
    byte[] frame = HexFormat.of().parseHex(hex);
    int crc = 0xFFFF;
    for (int i = 0; i < frame.length - 2; i++) {
      crc ^= frame[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
      }
    }
    assertThat(new byte[] {frame[frame.length - 2], frame[frame.length - 1]})
        .as("checksum of %s", hex)
        .isEqualTo(new byte[] {(byte) crc, (byte) (crc >> 8)});
    return Arrays.copyOfRange(frame, 1, frame.length - 2);
  }
}
