package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventHashTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("tracegram.shared.data", "../../shared/data"))
          .resolve("epcis-event-hash");

  record Vector(String name, String id, String preHash, String document) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Vector> vectors() throws IOException {
    try (InputStream in =
        EventHashTest.class.getResourceAsStream("/vectors/epcis-event-hash/vectors.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .map(cells -> new Vector(cells[0], cells[1], cells[2], cells[3]))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void anEventIsNamedAsTheReferenceNamesIt(Vector vector) {
    assertThat(Judged.faults(vector.document())).isEmpty();
    JudgedDocument.Read read = (JudgedDocument.Read) Judged.text(vector.document());
    JudgedEvent.Valid valid = (JudgedEvent.Valid) read.events().getFirst();
    assertThat(preHash(read.context(), valid.event())).isEqualTo(vector.preHash());
    if (!valid.event().has("eventID")) {
      assertThat(valid.eventId()).isEqualTo(vector.id());
    }
  }

  @Test
  void theReferencesOwnExamplesHaveTheirPublishedHashes() throws IOException {
    assumeTrue(
        Files.isDirectory(EXAMPLES),
        () -> EXAMPLES + " is absent: give its folder by -Dtracegram.shared.data");
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> documents =
          files
              .filter(file -> file.toString().endsWith(".jsonld"))
              // documents of queries, and a member of theirs that no standard knows
              .filter(file -> !file.toString().matches(".*(Query|IgnoreFields).*"))
              .toList();
      assertThat(documents).hasSizeGreaterThan(15);
      for (Path document : documents) {
        String name = document.toString();
        List<String> published =
            Files.readAllLines(Path.of(name.substring(0, name.lastIndexOf('.')) + ".hashes"));
        JudgedDocument.Read read =
            (JudgedDocument.Read) Judged.document(Files.readAllBytes(document));
        assertThat(read.events())
            .as(name)
            .map(event -> ((JudgedEvent.Valid) event).event())
            .map(event -> EventHash.of(event, namespaces(read.context())))
            .isEqualTo(published);
      }
    }
  }

  @Test
  void anIdIsGivenOnlyToAnEventThatHasNone() {
    assertThat(Judged.valid("{" + Judged.OBJECT + "}").eventId())
        .matches("ni:///sha-256;[0-9a-f]{64}\\?ver=CBV2\\.0");
    assertThat(Judged.valid("{" + Judged.OBJECT + ",\"eventID\":\"urn:uuid:7\"}").eventId())
        .isEqualTo("urn:uuid:7");
  }

  @Test
  void oneEventWrittenInTwoWaysHasOneName() {
    String urn =
        Judged.valid(
                "{"
                    + Judged.OBJECT
                    + """
                    ,"bizStep":"urn:epcglobal:cbv:bizstep:shipping","recordTime":"2026-11-25T00:00:00Z",
                    "bizTransactionList":[{"type":"po","bizTransaction":"https://a.example/1"}],
                    "sensorElementList":[{"sensorReport":[{"type":"gs1:Mass","value":1.50,"uom":"KGM",
                      "booleanValue":true}]}]}""")
            .eventId();
    String link =
        Judged.valid(
                """
                {"type":"ObjectEvent","eventTimeZoneOffset":"+01:00","action":"OBSERVE",
                "sensorElementList":[{"sensorReport":[{"uom":"KGM","booleanValue":true,
                  "value":15e-1,"type":"Mass"}]}],
                "bizTransactionList":[{"bizTransaction":"https://a.example/1","type":"po"}],
                "epcList":["https://own.example/01/09520000000035/21/DRUM-77?x=1"],
                "eventTime":"2026-11-24T07:15:30Z","bizStep":"shipping","rdfs:comment":"again"}""")
            .eventId();
    assertThat(link).isEqualTo(urn);
  }

  @Test
  void aTimeThatRoundsUpToTheNextSecondIsThatSecond() {
    assertThat(EpcisTime.instant("2026-12-31T23:59:59.9996Z").map(EpcisTime::utc))
        .hasValue("2027-01-01T00:00:00.000Z");
  }

  private static Namespaces namespaces(ArrayNode context) {
    return Namespaces.NONE.with(context, Place.ROOT, new Findings());
  }

  private static String preHash(ArrayNode context, ObjectNode event) {
    return EventHash.preHash(event, namespaces(context));
  }
}
