package io.tracegram.gateway.custody;

import io.tracegram.gateway.log.Committed;
import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Content;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.epcis.CaptureDesk;
import io.tracegram.runtime.epcis.OwnEvent;
import io.tracegram.runtime.log.EvidenceLog;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the projection of events what the log says of them: first from where the projection ended,
 * then each commit group. {@link #committed} may be called from any one thread; the rest happens on
 * the projection's.
 */
public final class EventFeed {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final int STEP = 1_024;
  private static final String PLANT = "plant";

  private final EvidenceLog log;
  private final CaptureDesk desk;

  // confined to the thread of the projection
  private long position;
  private boolean live;
  private Optional<EpcisRendering> rendering = Optional.empty();

  public EventFeed(EvidenceLog log, CaptureDesk desk) {
    this.log = log;
    this.desk = desk;
  }

  /** Begins; returns at once. */
  public void start() {
    desk.execute(
        projection -> {
          position = projection.begin();
          long plant = projection.note(PLANT);
          if (plant >= 0) {
            plant(plant, Leaf.parse(log.leaf(plant)).statement().statement().body());
          }
          catchUp(projection);
        });
  }

  /** Takes leaves that are on disk, in order; does not wait. */
  public void committed(List<Committed> leaves) {
    List<Committed> about = new ArrayList<>();
    for (Committed leaf : leaves) {
      if (isAboutEvents(leaf.leaf().statement().statement().body().kind())) {
        about.add(leaf);
      }
    }
    long size = leaves.getLast().index() + 1;
    desk.execute(projection -> follow(projection, about, size));
  }

  private static boolean isAboutEvents(Kind kind) {
    return kind == Kind.CUSTODY_EVENT || kind == Kind.EPCIS_CAPTURE || kind == Kind.PLANT_MODEL;
  }

  /** Reads some leaves from the log, then comes again until there is none left. */
  private void catchUp(CaptureDesk.Projection projection) throws SQLException {
    long end = Math.min(log.size(), position + STEP);
    while (position < end) {
      tell(projection, position, Leaf.parse(log.leaf(position)));
      position++;
    }
    projection.through(position);
    if (position < log.size()) {
      desk.execute(this::catchUp);
    } else {
      // what is committed from here on is told after this, and all before is in the log
      live = true;
      projection.ready();
    }
  }

  private void follow(CaptureDesk.Projection projection, List<Committed> about, long size)
      throws SQLException {
    if (live && size > position) {
      for (Committed leaf : about) {
        if (leaf.index() >= position) {
          tell(projection, leaf.index(), leaf.leaf());
        }
      }
      position = size;
      projection.through(size);
    }
  }

  private void tell(CaptureDesk.Projection projection, long index, Leaf leaf) throws SQLException {
    Body body = leaf.statement().statement().body();
    if (body instanceof Body.PlantModelDeclared) {
      plant(index, body);
      projection.setNote(PLANT, index);
    } else if (body instanceof Body.EpcisCapture capture) {
      projection.captured(
          index, leaf.receivedMillis(), capture, () -> whole(index, capture.document()));
    } else if (body instanceof Body.Derived derived
        && derived.kind() == Kind.CUSTODY_EVENT
        && rendering.isPresent()) {
      projection.own(
          new OwnEvent(
              rendering.get().event(CustodyEventCodec.decode(derived.content().bytes())),
              EpcisRendering.context(),
              index,
              leaf.receivedMillis()));
    }
  }

  private void plant(long index, Body body) {
    if (body instanceof Body.PlantModelDeclared(Document document)) {
      byte[] model = whole(index, document);
      if (model.length > 0) {
        rendering = Optional.of(new EpcisRendering(PlantModelCodec.decode(model)));
      }
    }
  }

  /** Returns a document's bytes, from the parts that stand before the leaf about it. */
  private byte[] whole(long index, Document document) {
    return switch (document) {
      case Document.Inline(Content content) -> content.bytes();
      case Document.Parts(Hash sha256, int length) -> {
        byte[] bytes = parts(index, sha256);
        if (bytes.length != length || !Hash.sha256(bytes).equals(sha256)) {
          // the accounts say the same as a problem; what is no document is judged as none
          LOG.warn("event=epcis.parts-missing leaf={}", index);
          yield new byte[0];
        }
        yield bytes;
      }
    };
  }

  private byte[] parts(long index, Hash whole) {
    byte[][] parts = {};
    int found = 0;
    for (long at = index - 1; at >= 0 && (parts.length == 0 || found < parts.length); at--) {
      if (Leaf.parse(log.leaf(at)).statement().statement().body() instanceof Body.Part part
          && part.whole().equals(whole)) {
        if (parts.length == 0) {
          parts = new byte[part.count()][];
        }
        if (parts[part.number()] == null) {
          parts[part.number()] = part.content().bytes();
          found++;
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part == null ? new byte[0] : part);
    }
    return bytes.toByteArray();
  }
}
