package io.tracegram.edge.device.coap;

import io.tracegram.edge.device.Meter;
import io.tracegram.edge.device.Observation;
import java.util.List;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/** Asks a meter for each of its values (GET). Single-threaded. */
final class PolledCoapMeter implements Meter {
  private final CoapMeterSettings settings;
  private final MeterClient client;
  private final PackReader reader;
  private final Rest rest;

  PolledCoapMeter(CoapMeterSettings settings, MeterClient client, PackReader reader, Rest rest) {
    this.settings = settings;
    this.client = client;
    this.reader = reader;
    this.rest = rest;
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public List<Observation> poll() throws InterruptedException {
    if (rest.isResting()) {
      return List.of(rest.failure());
    }
    try {
      List<Observation> read = reader.read(client.believed(ask()));
      rest.end();
      return read;
    } catch (CoapFailure e) {
      client.forget();
      return List.of(rest.begin(e));
    }
  }

  private Response ask() throws CoapFailure, InterruptedException {
    Request request = client.request();
    Response response =
        request.send(client.endpoint()).waitForResponse(client.patience().toMillis());
    if (response == null) {
      CoapFailure failure = client.unanswered(request);
      request.cancel();
      throw failure;
    }
    return response;
  }

  @Override
  public void close() {
    client.close();
  }
}
