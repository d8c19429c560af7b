package io.tracegram.runtime.epcis;

import io.tracegram.ledger.custody.CustodyEventCodec;
import io.tracegram.ledger.evidence.log.Leaf;
import io.tracegram.ledger.evidence.statement.Body;
import io.tracegram.ledger.evidence.statement.Document;
import io.tracegram.ledger.evidence.statement.Kind;
import io.tracegram.ledger.plant.PlantModelCodec;
import io.tracegram.runtime.epcis.LogPlaces.LogPlace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the projection what one log says of events: first from where the projection ended, then
 * what comes. {@link #committed} may be called from one thread, {@link #grown} from any; the rest
 * happens on the projection's.
 */
public final class EventFeed {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
  private static final int STEP = 1_024;

  /** Leaves without an event after which the place is noted all the same. */
  private static final long NOTED_EVERY = 4_096;

  private final ProjectedLog log;
  private final EventProjection projection;
  private final Optional<CaptureDesk> desk;
  private final AtomicBoolean reading = new AtomicBoolean();

  // confined to the thread of the projection
  private @Nullable LogPlace noted;
  private long position;
  private long plant = -1;
  private boolean live;
  private Optional<EpcisRendering> rendering = Optional.empty();

  /** A leaf that is on disk, with its place. */
  public record Told(long index, Leaf leaf) {}

  private EventFeed(ProjectedLog log, EventProjection projection, Optional<CaptureDesk> desk) {
    this.log = log;
    this.projection = projection;
    this.desk = desk;
    projection.add(this);
  }

  /** Feeds the log that captured documents go into; before the projection is started. */
  public static EventFeed ofCaptures(
      ProjectedLog log, EventProjection projection, CaptureDesk desk) {
    return new EventFeed(log, projection, Optional.of(desk));
  }

  /** Feeds another log, of which only custody events are told; before the projection is started. */
  public static EventFeed ofCustody(ProjectedLog log, EventProjection projection) {
    return new EventFeed(log, projection, Optional.empty());
  }

  /** Takes leaves that are on disk, in order; does not wait. */
  public void committed(List<Told> leaves) {
    List<Told> about = new ArrayList<>();
    for (Told leaf : leaves) {
      if (isAboutEvents(leaf.leaf().statement().statement().body().kind())) {
        about.add(leaf);
      }
    }
    long size = leaves.getLast().index() + 1;
    projection.execute(() -> follow(about, size));
  }

  /** Hears that the log has grown, or counts as far as it did not before; does not wait. */
  public void grown() {
    if (!reading.getAndSet(true)) {
      projection.execute(this::catchUp);
    }
  }

  private static boolean isAboutEvents(Kind kind) {
    return kind == Kind.CUSTODY_EVENT || kind == Kind.EPCIS_CAPTURE || kind == Kind.PLANT_MODEL;
  }

  /** Goes on where the projection ended, from the first leaf if it was one of another log. */
  void begin() throws SQLException {
    LogPlace before = projection.places().of(log.origin());
    noted = before;
    if (before.size() > log.size()
        || (before.size() > 0 && !log.root(before.size()).equals(before.root()))) {
      LOG.warn(
          "event=epcis.projection-foreign log={} action=\"it is built again from the log\"",
          log.origin());
      forget();
    } else {
      position = before.size();
      plant = before.plant();
      if (plant >= 0) {
        declared(plant, leaf(plant).statement().statement().body());
      }
    }
    grown();
  }

  /** Says that every leaf that there was at the start is told. */
  boolean isLive() {
    return live;
  }

  LogSize told() {
    return new LogSize(log.origin(), position);
  }

  boolean hasMoved() {
    return noted != null && position != noted.size();
  }

  /** Notes how far the events to be committed reach. */
  void note() throws SQLException {
    if (hasMoved()) {
      noted =
          new LogPlace(Objects.requireNonNull(noted).log(), position, log.root(position), plant);
      projection.places().set(noted);
    }
  }

  /** Reads some leaves from the log, then comes again until there is none left. */
  private void catchUp() throws SQLException {
    reading.set(false);
    ProjectedLog.Trusted trusted = log.trusted();
    if (trusted.ended() && position > trusted.size()) {
      LOG.warn(
          "event=epcis.events-withdrawn log={} leaf={} action=\"the log's audit found this leaf"
              + " wrong: see the facility's exceptions\"",
          log.origin(),
          trusted.size());
      forget();
    }
    long end = Math.min(trusted.size(), position + STEP);
    if (position < end) {
      for (byte[] entry : log.entries(position, end)) {
        tell(position, Leaf.parse(entry));
        position++;
      }
      noteLater();
    }
    if (position < trusted.size()) {
      grown();
    } else {
      // what is committed from here on is told after this, and all before is in the log
      live = true;
    }
  }

  private void follow(List<Told> about, long size) throws SQLException {
    if (live && size > position) {
      for (Told leaf : about) {
        if (leaf.index() >= position) {
          tell(leaf.index(), leaf.leaf());
        }
      }
      position = size;
      noteLater();
    }
  }

  private void noteLater() {
    if (position - Objects.requireNonNull(noted).size() >= NOTED_EVERY) {
      projection.changed();
    }
  }

  private void forget() throws SQLException {
    projection.places().forget(number());
    position = 0;
    plant = -1;
    rendering = Optional.empty();
    projection.changed();
  }

  private long number() {
    return Objects.requireNonNull(noted).log();
  }

  private Leaf leaf(long index) {
    return Leaf.parse(log.entries(index, index + 1).getFirst());
  }

  private void tell(long index, Leaf leaf) throws SQLException {
    Body body = leaf.statement().statement().body();
    Evidence evidence = new Evidence(number(), index, leaf.receivedMillis());
    if (body instanceof Body.PlantModelDeclared) {
      declared(index, body);
      plant = index;
    } else if (body instanceof Body.EpcisCapture capture && desk.isPresent()) {
      desk.get()
          .captured(evidence, capture, () -> LoggedDocument.bytes(log, index, capture.document()));
    } else if (body instanceof Body.Derived derived
        && derived.kind() == Kind.CUSTODY_EVENT
        && rendering.isPresent()) {
      projection.own(
          new OwnEvent(
              rendering.get().event(CustodyEventCodec.decode(derived.content().bytes())),
              EpcisRendering.context(),
              evidence));
    }
  }

  private void declared(long index, Body body) {
    if (body instanceof Body.PlantModelDeclared(Document document)) {
      byte[] model = LoggedDocument.bytes(log, index, document);
      if (model.length > 0) {
        rendering = Optional.of(new EpcisRendering(PlantModelCodec.decode(model)));
      }
    }
  }
}
