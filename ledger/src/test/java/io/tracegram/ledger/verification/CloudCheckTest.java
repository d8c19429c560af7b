package io.tracegram.ledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.ledger.account.PlantFixture;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.ClockStatus;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.evidence.statement.Statement;
import io.tracegram.ledger.evidence.statement.StatementChain;
import io.tracegram.ledger.quantity.Co2e;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A central service that takes back, doubles or bends what it declared. */
class CloudCheckTest {
  private static final PrivateKey KEY = PlantFixture.key(7);
  private static final Body OWN_KEY =
      new Body.KeyRegistered(KeyRole.CLOUD, Statement.CLOUD, KEY.publicKey());

  private final StatementChain chain = chain("cloud.example", Statement.CLOUD);
  private final LogReplay replay = new LogReplay(Optional.of(KEY.publicKey()));

  @Test
  void believesRevisionsInOrder() {
    assertThat(said(OWN_KEY)).isEmpty();
    assertThat(said(new Body.Calculator(1))).isEmpty();
    assertThat(said(declared("A", 1, 3))).isEmpty();
    assertThat(said(declared("B", 1, 3))).isEmpty();
    assertThat(said(declared("A", 2, 3))).isEmpty();
    CloudCheck cloud = replay.cloud().orElseThrow();
    assertThat(cloud.service()).isEqualTo("cloud.example");
    assertThat(cloud.products()).isEqualTo(2);
    assertThat(cloud.declarations()).isEqualTo(3);
  }

  @Test
  void findsARevisionThatIsLeftOutOrComesTwice() {
    said(OWN_KEY);
    assertFound(said(declared("A", 2, 3)), Finding.Step.SEQUENCE, "follows revision 0");
    said(declared("A", 1, 3));
    assertFound(said(declared("A", 1, 3)), Finding.Step.SEQUENCE, "follows revision 1");
  }

  @Test
  void findsFiguresThatDoNotAddUp() {
    said(OWN_KEY);
    assertFound(said(declared("A", 1, 4)), Finding.Step.ACCOUNT, "do not add up");
    Body overflow =
        new Body.ProductDeclared(
            "A",
            1,
            Hash.ZERO,
            "cell-plant",
            List.of(),
            new Co2e(Long.MAX_VALUE),
            new Co2e(1),
            new Co2e(Long.MIN_VALUE));
    assertFound(said(overflow), Finding.Step.ACCOUNT, "do not add up");
  }

  @Test
  void believesCapturedDocumentsThatAreWhole() {
    said(OWN_KEY);
    assertThat(said(captured(new Document.Inline(Content.of(new byte[] {1}))))).isEmpty();
    byte[] large = new byte[200_000];
    List<Body> stated = Document.stated(large, CloudCheckTest::captured);
    // a power cut left the first part, then the document came again
    assertThat(said(stated.getFirst())).isEmpty();
    stated.forEach(body -> assertThat(said(body)).isEmpty());
    assertThat(replay.cloud().orElseThrow().captures()).isEqualTo(2);
  }

  @Test
  void findsACapturedDocumentWhosePartsAreMissingOrSwapped() {
    List<Body> stated = Document.stated(new byte[200_000], CloudCheckTest::captured);
    said(OWN_KEY);
    assertFound(said(stated.get(1)), Finding.Step.SEQUENCE, "is not the next part");
    assertFound(said(stated.getLast()), Finding.Step.SHAPE, "are not its document");
    said(stated.getFirst());
    assertFound(said(stated.getLast()), Finding.Step.SHAPE, "are not its document");
    byte[] other = new byte[200_000];
    other[199_999] = 1;
    Hash whole = Hash.sha256(new byte[200_000]);
    for (Body body : Document.stated(other, CloudCheckTest::captured)) {
      if (body instanceof Body.Part part) {
        said(new Body.Part(whole, part.number(), part.count(), part.content()));
      }
    }
    assertFound(said(stated.getLast()), Finding.Step.SHAPE, "are not its document");
  }

  private static Body captured(Document document) {
    return new Body.EpcisCapture("0123", false, List.of(), document);
  }

  @Test
  void findsStrangersInTheLog() {
    said(OWN_KEY);
    assertFound(said(new Body.Heartbeat()), Finding.Step.AUTHOR, "does not say HEARTBEAT");
    byte[] agent = leaf(chain("cloud.example", "agent"), new Body.Heartbeat());
    assertFound(replay.next(agent), Finding.Step.AUTHOR, "agent has no say");
    byte[] foreign = leaf(chain("other.example", Statement.CLOUD), declared("A", 1, 3));
    assertFound(replay.next(foreign), Finding.Step.AUTHOR, "is of other.example");
  }

  @Test
  void believesNoOtherServiceThanThePinnedOne() {
    LogReplay pinned = new LogReplay(Optional.of(PlantFixture.key(9).publicKey()));
    assertFound(pinned.next(leaf(chain, OWN_KEY)), Finding.Step.AUTHOR, "is not registered");
  }

  @Test
  void aFacilitysLogTakesNoDeclarationFromAnybody() {
    PlantFixture plant = new PlantFixture(PlantFixture.plant("0.177"));
    for (String author : List.of(Statement.CLOUD, Statement.GATEWAY, "agent")) {
      LogReplay facility = new LogReplay(Optional.empty());
      facility.next(plant.leaves.getFirst());
      assertFound(
          facility.next(leaf(chain("refinery", author), declared("A", 1, 3))),
          Finding.Step.AUTHOR,
          author + " may not say DECLARATION");
    }
  }

  private Optional<Finding> said(Body body) {
    return replay.next(leaf(chain, body));
  }

  private static byte[] leaf(StatementChain chain, Body body) {
    return new Leaf(1, 0, chain.sign(body, 1, 1, ClockStatus.INFORMATIVE)).encoded();
  }

  private static StatementChain chain(String service, String author) {
    return new StatementChain(service, author, KEY, 1, 1, 0, Hash.ZERO);
  }

  private static Body declared(String product, long revision, long total) {
    return new Body.ProductDeclared(
        product,
        revision,
        Hash.ZERO,
        "cell-plant",
        List.of(),
        new Co2e(1),
        new Co2e(2),
        new Co2e(total));
  }

  private static void assertFound(Optional<Finding> finding, Finding.Step step, String reason) {
    assertThat(finding)
        .hasValueSatisfying(
            found -> {
              assertThat(found.step()).isEqualTo(step);
              assertThat(found.reason()).contains(reason);
            });
  }
}
