package io.tracegram.gateway.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DueFileTest {
  private final Path file;

  DueFileTest(@TempDir Path directory) {
    file = directory.resolve("tsa.due");
  }

  @Test
  void keepsTheNewestFourHundredOverARestart() throws IOException {
    DueFile due = new DueFile(file);
    for (int day = 1; day <= DueFile.CAPACITY + 5; day++) {
      due.choose(day, new DueFile.Due(10L * day, day));
    }
    DueFile again = new DueFile(file);
    assertThat(again.size()).isEqualTo(DueFile.CAPACITY);
    assertThat(again.oldest()).contains(new DueFile.Due(60, 6));
    assertThat(again.chosenPeriod()).isEqualTo(DueFile.CAPACITY + 5);
    again.done();
    assertThat(new DueFile(file).oldest()).contains(new DueFile.Due(70, 7));
  }

  @Test
  void aDamagedFileSaysWhatToDo() throws IOException {
    for (String text : new String[] {"chosen x", "due 0 1", "due 1", "hello"}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> new DueFile(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("remove it");
    }
  }
}
