// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostCheck.Check;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks at all sides of a host, one after the other. */
final class HostLook implements AutoCloseable {

  private static final Map<Check, Integer> PORTS =
      new EnumMap<>(
          Map.of(
              Check.PORT_25, 25,
              Check.PORT_465, 465,
              Check.PORT_587, 587,
              Check.PORT_993, 993,
              Check.PORT_443, 443));

  private static final String NOT_READ = "The key that signs in to the host is not read: ";

  private final SshDoor door;
  private final OutsideChecks outside;
  private final NameChecks names;
  private final InsideChecks inside;
  private final Map<Check, Integer> ports;

  HostLook(SshDoor door, OutsideChecks outside, NameChecks names, InsideChecks inside) {
    this(door, outside, names, inside, PORTS);
  }

  /** Looks at ports of a test's own. */
  HostLook(
      SshDoor door,
      OutsideChecks outside,
      NameChecks names,
      InsideChecks inside,
      Map<Check, Integer> ports) {
    this.door = door;
    this.outside = outside;
    this.names = names;
    this.inside = inside;
    this.ports = ports;
  }

  /**
   * Looks at a host.
   *
   * @param login finds out how to sign in, or empty where no key does; may throw where the key
   *     cannot be had now
   */
  Map<Check, Finding> at(Host host, Supplier<Optional<SshLogin>> login, Instant now) {
    Map<Check, Finding> found = new EnumMap<>(Check.class);
    ports.forEach((check, port) -> found.put(check, outside.port(host.address(), port)));
    found.put(Check.CERTIFICATE, certificate(host, now));
    fromNameServers(host, found);
    fromInside(host, login, found);
    return found;
  }

  @Override
  public void close() {
    outside.close();
  }

  private Finding certificate(Host host, Instant now) {
    return Stream.of(Check.PORT_443, Check.PORT_465, Check.PORT_993)
        .flatMap(check -> outside.expiry(host.address(), ports.get(check)).stream())
        .min(Comparator.naturalOrder())
        .map(expiry -> OutsideChecks.certificate(expiry, now))
        .orElse(Finding.unknown("none_seen", "No port of the host shows a certificate"));
  }

  private void fromNameServers(Host host, Map<Check, Finding> found) {
    List<InetAddress> addresses = names.addresses(host.address());
    if (addresses.isEmpty()) {
      Finding nowhere = Finding.unknown("no_address", "No name server knows the host's address");
      found.put(Check.REVERSE_NAME, nowhere);
      found.put(Check.BLOCK_LISTS, nowhere);
      return;
    }
    InetAddress first = addresses.get(0);
    Optional<String> greeting = outside.greeting(host.address(), ports.get(Check.PORT_25));
    found.put(Check.REVERSE_NAME, names.reverseName(first, greeting));
    found.put(Check.BLOCK_LISTS, names.blockLists(first));
  }

  private void fromInside(
      Host host, Supplier<Optional<SshLogin>> login, Map<Check, Finding> found) {
    Finding without = Finding.unknown("not_signed_in", "It takes a key that signs in to the host");
    found.put(Check.DISK, without);
    found.put(Check.OUTBOUND_25, without);
    Optional<SshLogin> key;
    try {
      key = login.get();
    } catch (RookeryException | IllegalStateException e) {
      found.put(Check.HEARTBEAT, Finding.unknown("key_not_read", NOT_READ + e.getMessage()));
      return;
    }
    if (key.isEmpty()) {
      found.put(
          Check.HEARTBEAT, Finding.unknown("no_key", "No key signs in to the host; install one"));
      return;
    }
    signIn(host, key.get(), found);
  }

  private void signIn(Host host, SshLogin login, Map<Check, Finding> found) {
    try (SshLine line = door.signIn(SshTarget.of(host), login)) {
      found.put(Check.HEARTBEAT, Finding.ok("signed_in", "The platform signs in"));
      found.put(Check.DISK, inside.disk(line));
      found.put(Check.OUTBOUND_25, inside.outbound(line));
    } catch (RookeryException e) {
      found.put(
          Check.HEARTBEAT,
          e.code().equals(CommonErrors.UNAVAILABLE)
              ? Finding.unknown(e.code().name(), e.getMessage())
              : Finding.failed(e.code().name(), e.getMessage()));
    }
  }
}
