package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tracegram.runtime.web.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswerThreadsTest {
  @Test
  void refusesAsBusyWhatComesWhenTooManyWaitAndAnswersTheRest() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    try (AnswerThreads threads = new AnswerThreads()) {
      for (int question = 0; question < 2 + 32; question++) {
        answers.add(asked.thenApplyAsync(_ -> awaits(slow), threads));
      }
      CompletableFuture<Boolean> tooMany = asked.thenApplyAsync(_ -> true, threads);
      assertThatThrownBy(tooMany::join)
          .cause()
          .isInstanceOfSatisfying(
              RequestRefused.class, busy -> assertThat(busy.problem().status()).isEqualTo(503));
      slow.countDown();
      for (CompletableFuture<Boolean> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
