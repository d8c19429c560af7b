package io.tracegram.deploy.simulator;

import io.tracegram.runtime.config.HostPort;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells agents the plant time, and waits until they have read everything at it.
 *
 * <p>Lines of ASCII ended by LF. To the agent: {@code TICK <ms>}, {@code END}. From the agent:
 * {@code HELLO <agent>} first, then {@code DONE <ms>}. An agent that joins is told the current
 * tick. A client that says anything else is cut off; one that reads too slowly too. Thread-safe.
 */
final class PlantClockServer {
  private static final Logger LOG = LoggerFactory.getLogger(PlantClockServer.class);
  private static final int MAX_LINE = 128;
  private static final int MAX_BACKLOG = 64;
  private static final int HELLO_TIMEOUT_MILLIS = 10_000;
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final String CLOSE = "";

  private final HostPort listen;
  private final Set<String> agents;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Session> sessions = new HashMap<>();
  private OptionalLong now = OptionalLong.empty();
  private boolean ended;
  private Optional<LoopbackListener> listener = Optional.empty();

  /** One connected agent. Guarded by the server's lock, but for its queue. */
  private static final class Session {
    private final Socket socket;
    private final BlockingQueue<String> outgoing = new ArrayBlockingQueue<>(MAX_BACKLOG);
    private long done = Long.MIN_VALUE;

    Session(Socket socket) {
      this.socket = socket;
    }

    void send(String line) {
      if (!outgoing.offer(line)) {
        LoopbackListener.closeQuietly(socket);
      }
    }

    void write() {
      try {
        for (String line = outgoing.take(); !line.equals(CLOSE); line = outgoing.take()) {
          socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        LOG.debug("event=plant-clock.write-failed reason={}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        LoopbackListener.closeQuietly(socket);
      }
    }
  }

  /**
   * @param agents ids of the agents it serves, and waits for
   */
  PlantClockServer(HostPort listen, Set<String> agents) {
    this.listen = listen;
    this.agents = Set.copyOf(agents);
  }

  void start() throws IOException {
    listener = Optional.of(LoopbackListener.open("plant-clock", listen, this::converse));
  }

  int port() {
    return listener.orElseThrow().port();
  }

  /** Waits until every agent is connected. */
  void awaitAgents() throws InterruptedException {
    lock.lock();
    try {
      while (!sessions.keySet().containsAll(agents)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the agents that are not connected. */
  Set<String> missing() {
    lock.lock();
    try {
      Set<String> missing = new TreeSet<>(agents);
      missing.removeAll(sessions.keySet());
      return missing;
    } finally {
      lock.unlock();
    }
  }

  /** Sets plant time, ms since 1970 UTC. */
  void tick(long millis) {
    lock.lock();
    try {
      now = OptionalLong.of(millis);
      sessions.values().forEach(session -> session.send("TICK " + millis));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every agent has read everything at the current tick, however long it takes. */
  void awaitAllDone() throws InterruptedException {
    lock.lock();
    try {
      while (!isDone(agents)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until every connected agent has read everything at the current tick.
   *
   * @return false if that took longer than the patience, system time
   */
  boolean awaitConnectedDone(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (!isDone(sessions.keySet())) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Tells the agents, also those that join later, that plant time has ended. */
  void end() {
    lock.lock();
    try {
      ended = true;
      sessions.values().forEach(session -> session.send("END"));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for agents that were told the end to leave, delivers the rest, then closes all. */
  void stop() throws InterruptedException {
    long nanos = FAREWELL.toNanos();
    lock.lock();
    try {
      while (ended && !sessions.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      sessions.values().forEach(session -> session.send(CLOSE));
      while (!sessions.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
    listener.ifPresent(LoopbackListener::close);
  }

  private boolean isDone(Set<String> waitedFor) {
    long current = now.orElse(Long.MIN_VALUE);
    return waitedFor.stream()
        .map(sessions::get)
        .allMatch(session -> session != null && session.done >= current);
  }

  private void converse(Socket socket) throws IOException {
    socket.setSoTimeout(HELLO_TIMEOUT_MILLIS);
    BoundedLines lines = new BoundedLines(socket.getInputStream(), MAX_LINE);
    String hello = lines.next().orElse("");
    String agent = hello.startsWith("HELLO ") ? hello.substring("HELLO ".length()) : "";
    if (!agents.contains(agent)) {
      LOG.warn("event=plant-clock.refused reason=\"no agent of this simulation\"");
      return;
    }
    socket.setSoTimeout(0);
    Session session = new Session(socket);
    Thread.ofVirtual().name("plant-clock " + agent).start(session::write);
    join(agent, session);
    try {
      Optional<String> line = lines.next();
      while (line.isPresent() && done(session, line.get())) {
        line = lines.next();
      }
    } finally {
      leave(agent, session);
      session.send(CLOSE);
    }
  }

  private void join(String agent, Session session) {
    lock.lock();
    try {
      now.ifPresent(millis -> session.send("TICK " + millis));
      if (ended) {
        session.send("END");
      }
      Session before = sessions.put(agent, session);
      if (before != null) {
        LoopbackListener.closeQuietly(before.socket);
      }
      LOG.info("event=plant-clock.joined agent={}", agent);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void leave(String agent, Session session) {
    lock.lock();
    try {
      sessions.remove(agent, session);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes {@code DONE <ms>}; false for anything else. */
  private boolean done(Session session, String line) {
    if (!line.matches("DONE -?\\d{1,18}")) {
      return false;
    }
    long millis = Long.parseLong(line.substring("DONE ".length()));
    lock.lock();
    try {
      if (now.isEmpty() || millis > now.getAsLong()) {
        return false;
      }
      session.done = Math.max(session.done, millis);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
