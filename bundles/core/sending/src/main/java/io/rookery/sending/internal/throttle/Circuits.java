// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.sending.internal.line.LaneKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The circuits of this node, one for each server and version of a backend. Thread-safe. */
public final class Circuits {

  private static final Logger LOG = LoggerFactory.getLogger(Circuits.class);
  private static final int MANY = 10_000;

  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private final Map<Place, Circuit<LaneKey>> circuits = new ConcurrentHashMap<>();

  /** Makes circuits that are all closed. */
  public Circuits() {
    this(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }

  Circuits(LongSupplier nanos, DoubleSupplier random) {
    this.nanos = nanos;
    this.random = random;
  }

  /** Where a backend's version leads. */
  public record Place(String backend, String version, String server) {}

  /** A server that cannot be reached, and for how many seconds by now. */
  public record Open(Place place, long seconds) {}

  private Circuit<LaneKey> circuit(Place place) {
    if (circuits.size() > MANY) {
      circuits.values().removeIf(Circuit::idle);
    }
    return circuits.computeIfAbsent(place, p -> new Circuit<>(nanos, random));
  }

  /** Asks whether a lane may use a server. */
  public Passage enter(Place place, LaneKey lane) {
    Circuit<LaneKey> circuit = circuit(place);
    circuit.leave(lane);
    return new Passage(circuit, circuit.enter(), place, lane);
  }

  /** Takes the lanes that wait for a server and may come now. */
  public List<LaneKey> takeReady() {
    List<LaneKey> ready = new ArrayList<>();
    circuits.values().forEach(circuit -> ready.addAll(circuit.takeReady()));
    return ready;
  }

  /** Returns the servers that cannot be reached now, by name. */
  public List<Open> open() {
    return circuits.entrySet().stream()
        .filter(entry -> entry.getValue().isOpen())
        .map(entry -> new Open(entry.getKey(), entry.getValue().openSeconds()))
        .sorted(Comparator.comparing(open -> open.place().server()))
        .toList();
  }

  /** Returns the servers that cannot be reached by a backend's version, by name. */
  public List<String> unreachable(String backend, String version) {
    return open().stream()
        .map(Open::place)
        .filter(place -> place.backend().equals(backend) && place.version().equals(version))
        .map(Place::server)
        .toList();
  }

  /** One turn's use of a server. Thread-safe. */
  public static final class Passage {
    private final Circuit<LaneKey> circuit;
    private final Circuit.Pass pass;
    private final Place place;
    private final LaneKey lane;

    private Passage(Circuit<LaneKey> circuit, Circuit.Pass pass, Place place, LaneKey lane) {
      this.circuit = circuit;
      this.pass = pass;
      this.place = place;
      this.lane = lane;
    }

    /** Returns whether the server may be used at all. */
    public boolean granted() {
      return pass != Circuit.Pass.NONE;
    }

    /** Returns whether one connection is to find out whether the server is back. */
    public boolean tries() {
      return pass == Circuit.Pass.TRY;
    }

    /** Notes that the server answered. */
    public void reached() {
      circuit.reached();
    }

    /** Notes that the server could not be reached. */
    public void failed() {
      if (circuit.failed()) {
        LOG.warn(
            "{} cannot be reached by mail backend {} {}; mailboxes wait, one at a time tries",
            place.server(),
            place.backend(),
            place.version());
      }
    }

    /** Returns whether the server counts as not to be reached. */
    public boolean open() {
      return circuit.isOpen();
    }

    /** Returns for how many seconds the server has counted as not to be reached. */
    public long openSeconds() {
      return circuit.openSeconds();
    }

    /** Ends the use. */
    public void end() {
      if (pass == Circuit.Pass.TRY) {
        circuit.tried();
      }
    }

    /** Has the lane wait until it is called. */
    public void await() {
      circuit.await(lane);
    }

    /** Says, for people, what the lane waits for. */
    public String words() {
      return "Its server " + place.server() + " cannot be reached";
    }
  }
}
