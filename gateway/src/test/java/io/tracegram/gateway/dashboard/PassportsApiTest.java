package io.tracegram.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tracegram.gateway.replicate.PassportDesk;
import io.tracegram.gateway.replicate.SamplePassport;
import io.tracegram.ledger.account.LotState;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.log.NoteKey;
import io.tracegram.ledger.evidence.log.TlogPolicy;
import io.tracegram.ledger.evidence.signature.Algorithm;
import io.tracegram.ledger.evidence.signature.PrivateKey;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.KeyRole;
import io.tracegram.ledger.quantity.Mass;
import io.tracegram.runtime.web.Assets;
import io.tracegram.runtime.web.Json;
import io.tracegram.runtime.web.WebAddress;
import io.tracegram.runtime.web.WebShell;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passports that came with the goods, as files. */
class PassportsApiTest {
  private static final long AT = LedgerPlant.START + 5 * LedgerPlant.QUARTER;
  private static final LotId LOT = SamplePassport.LOT;

  private final LedgerPlant plant = new LedgerPlant(CustodyApiTest.model());
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void serve() throws Exception {
    plant
        .append(
            new Body.KeyRegistered(
                KeyRole.SUPPLIER_LOG, SamplePassport.LOG.name(), SamplePassport.LOG.key()))
        .join();
    plant
        .append(
            new Body.KeyRegistered(
                KeyRole.SUPPLIER_GATEWAY, "refinery", SamplePassport.GATEWAY.publicKey()))
        .join();
    WebShell shell =
        new WebShell(
            vertx,
            WebAddress.loopback(0),
            new Assets(Dashboard.class, List.of()),
            problem -> problem.detail());
    new PassportsApi(plant, desk(List.of()), plant::append, Runnable::run).mount(shell.router());
    port = shell.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static PassportDesk desk(List<NoteKey> witnesses) {
    return new PassportDesk(
        List.of(
            SamplePassport.supplier(
                Optional.empty(),
                TlogPolicy.all(List.of(SamplePassport.LOG), witnesses, List.of()))));
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aFileThatCameWithTheGoodsGivesTheReceivedLotItsFigure() throws Exception {
    receive(LOT);
    String passport = SamplePassport.of(LOT, SamplePassport.GATEWAY);

    HttpResponse<String> answer = post(passport);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    long leaf = Json.parse(answer.body()).path("leaf").longValue();
    assertThat(plant.leaf(leaf).statement().statement().body())
        .isInstanceOf(Body.LotPassport.class);
    LotState state = plant.ask(ledger -> ledger.lot(LOT)).join().orElseThrow();
    assertThat(state.account().orElseThrow().total().micrograms()).isEqualTo(5);
    refused(409, passport, "rests on this one or a later one already");
  }

  @Test
  void aPassportBeforeItsLotIsToldToComeAgain() throws Exception {
    refused(409, SamplePassport.of(LOT, SamplePassport.GATEWAY), "scan it in first");
  }

  @Test
  void whatDoesNotVerifyIsRefusedAndNotLogged() throws Exception {
    receive(LOT);
    PrivateKey stranger = PrivateKey.generate(Algorithm.ES256, new SecureRandom());
    refused(400, SamplePassport.of(LOT, stranger), "not signed by the supplier's gateway");
    refused(400, "{}", "does not verify: malformed");
    refused(400, "[", "is none");
    refused(400, "", "is none");
    refused(413, " ".repeat(300_000), "");
    assertThat(
            desk(List.of(SamplePassport.WITNESS))
                .judge(SamplePassport.of(LOT, SamplePassport.GATEWAY)))
        .asString()
        .contains("our policy does not accept yet");
  }

  private void receive(LotId lot) {
    plant.tell(AT, new Body.Scan("in", AT, "Q3", "01" + lot.gtin() + "10P"));
    plant.tell(AT, new Body.Weight("scale", AT, new Mass(1)));
  }

  private void refused(int status, String body, String reason) throws Exception {
    long size = plant.log().size();
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(reason);
    assertThat(plant.log().size()).isEqualTo(size);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/passports"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
