package io.tracegram.runtime.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tracegram.runtime.json.Fault;
import io.tracegram.runtime.json.Findings;
import io.tracegram.runtime.json.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are judged without a throw; what is refused says why in few words, and what is valid
 * stays valid and keeps its name when it comes in normal form or by itself.
 */
class EpcisFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            Judged.document("{" + Judged.OBJECT + "}"),
            Judged.document(
                "{"
                    + Judged.OBJECT
                    + """
                    ,"bizStep":"shipping","plant:a":{"plant:bList":[1,"0x",null,[2.50,1e-7]]},
                    "readPoint":{"id":"https://x.example/gtin/9520000000028/lot/A%2FB"},
                    "sensorElementList":[{"sensorReport":[{"type":"gs1:Mass","value":1e20}]}],
                    "sourceList":[{"type":"location","source":"urn:epc:id:sgln:9520000.00001.D"}]}"""),
            "{\"@context\":" + Judged.CONTEXT + "," + Judged.OBJECT + "}",
            "{\"@context\":[{\"a\":\"b:\"}],\"type\":\"EPCISDocument\"}",
            "{\"type\":1e999999999}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void judges(byte[] input) {
    switch (Judged.document(input)) {
      case JudgedDocument.Refused refused -> reasoned(refused.faults());
      case JudgedDocument.Read read -> {
        for (JudgedEvent event : read.events()) {
          switch (event) {
            case JudgedEvent.Invalid invalid -> reasoned(invalid.faults());
            case JudgedEvent.Valid valid -> againAlone(read, valid);
          }
        }
      }
    }
  }

  private static void reasoned(List<Fault> faults) {
    assertThat(faults).isNotEmpty().hasSizeLessThanOrEqualTo(Findings.MOST);
    assertThat(faults)
        .allSatisfy(
            fault -> {
              assertThat(fault.pointer()).hasSizeLessThanOrEqualTo(Place.LONGEST);
              assertThat(fault.reason()).isNotBlank().hasSizeLessThan(1_000);
            });
  }

  private static void againAlone(JudgedDocument.Read read, JudgedEvent.Valid valid) {
    String document =
        Judged.document(valid.event().toString())
            .replace(Judged.CONTEXT, read.context().toString());
    JudgedDocument.Read again = (JudgedDocument.Read) Judged.text(document);
    JudgedEvent.Valid same = (JudgedEvent.Valid) again.events().getFirst();
    assertThat(same.eventId()).isEqualTo(valid.eventId());
    assertThat(same.normal().toString()).isEqualTo(valid.normal().toString());
    String normal =
        Judged.document(valid.normal().toString())
            .replace(Judged.CONTEXT, read.context().toString());
    JudgedEvent of = ((JudgedDocument.Read) Judged.text(normal)).events().getFirst();
    assertThat(of).isInstanceOf(JudgedEvent.Valid.class);
    assertThat(((JudgedEvent.Valid) of).normal().toString()).isEqualTo(valid.normal().toString());
  }
}
