package io.tracegram.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.runtime.profile.SunSpecWalk.Step;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SunSpecWalkTest {
  private static final int SUNS = 0x53756E53;

  @ParameterizedTest
  @ValueSource(ints = {40_000, 50_000, 0})
  void findsTheMeterAtEveryBase(int base) {
    assertThat(walk(Map.of(base, SUNS, base + 2, header(1, 66), base + 70, header(203, 105))))
        .isEqualTo(new Step.Found(new SunSpecMap(203, base + 70, base + 2)));
  }

  @Test
  void takesTheSerialNumberOfTheCommonModelThatStandsBeforeTheMeter() {
    Map<Integer, Integer> inverterWithMeter =
        Map.of(
            40_000, SUNS,
            40_002, header(1, 65),
            40_069, header(103, 50),
            40_121, header(1, 65),
            40_188, header(213, 124));

    SunSpecMap map = ((Step.Found) walk(inverterWithMeter)).map();

    assertThat(map).isEqualTo(new SunSpecMap(213, 40_188, 40_121));
    assertThat(map.serial().address()).isEqualTo(40_171);
  }

  @ParameterizedTest
  @CsvSource({
    "65535, 0, has no meter",
    "203, 104, model 203 with 104 registers at 40069",
    "213, 105, model 213 with 105 registers at 40069",
    "1, 64, model 1 with 64 registers",
    "0, 10, model 0 with 10 registers",
    "103, 0, model 103 with 0 registers",
    "103, 65000, model 103 with 65000 registers",
  })
  void refusesAListThatCannotBe(int model, int length, String reason) {
    Step step = walk(Map.of(40_000, SUNS, 40_002, header(1, 65), 40_069, header(model, length)));

    assertThat(((Step.Refused) step).reason()).contains(reason);
  }

  @Test
  void refusesAListThatDoesNotBeginWithTheCommonModel() {
    assertThat(walk(Map.of(40_000, SUNS, 40_002, header(203, 105))))
        .isInstanceOf(Step.Refused.class);
  }

  @Test
  void refusesADeviceWithoutAMap() {
    assertThat(((Step.Refused) walk(Map.of())).reason()).contains("40000, 50000 or 0");
    assertThat(((Step.Refused) walk(Map.of(40_000, 1, 50_000, 2, 0, 3))).reason())
        .contains("40000, 50000 or 0");
  }

  @Test
  void refusesAListThatDoesNotEnd() {
    Map<Integer, Integer> registers = new HashMap<>(Map.of(0, SUNS, 2, header(1, 65)));
    for (int address = 69; address < 1_000; address += 3) {
      registers.put(address, header(9, 1));
    }
    assertThat(((Step.Refused) walk(registers)).reason()).contains("does not end");
  }

  @Property
  void endsWhateverTheDeviceSays(
      @ForAll @Size(40) int[] answers, @ForAll @IntRange(min = 0, max = 2) int absent) {
    SunSpecWalk walk = new SunSpecWalk();
    assertThat(walk.start()).isInstanceOf(Step.Ask.class);
    for (int i = 0; i < absent; i++) {
      assertThat(walk.absent()).isInstanceOf(Step.Ask.class);
    }
    assertThat(walk.next(bytes(SUNS))).isInstanceOf(Step.Ask.class);
    Step step = walk.next(bytes(header(1, 66)));
    int asked = 0;
    for (; step instanceof Step.Ask(RegisterDefinition registers); asked++) {
      assertThat(registers.address() + registers.words()).isLessThanOrEqualTo(0x1_0000);
      step = walk.next(bytes((answers[asked] & 0x1FF_00FF) | 0x10));
    }
    assertThat(asked).isLessThanOrEqualTo(32);
  }

  private static Step walk(Map<Integer, Integer> registers) {
    SunSpecWalk walk = new SunSpecWalk();
    Step step = walk.start();
    while (step instanceof Step.Ask(RegisterDefinition asked)) {
      Integer words = registers.get(asked.address());
      step = words == null ? walk.absent() : walk.next(bytes(words));
    }
    return step;
  }

  private static int header(int model, int length) {
    return model << 16 | length;
  }

  private static byte[] bytes(int words) {
    return ByteBuffer.allocate(4).putInt(words).array();
  }
}
