// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostCheck.Check;
import io.rookery.api.hosts.HostHealthService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.HostStore;
import io.rookery.hosts.internal.keys.SshKeyServiceImpl;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.EgressGuard;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.xbill.DNS.NioClient;

/** Keeps what was seen of hosts, and tells where it is another than before. */
@Component(
    service = {HostHealthService.class, HostHealthServiceImpl.class},
    configurationPid = HealthConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=hosts)"))
@Designate(ocd = HealthConfiguration.class)
public final class HostHealthServiceImpl implements HostHealthService {

  static final Duration EVERY = Duration.ofMinutes(15);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final EventLog events;
  private final SshKeyServiceImpl keys;
  private final HostLook look;
  private final Clock clock;
  private final HostStore hosts = new HostStore();
  private final HealthStore store = new HealthStore();

  /** Looks at hosts as it is configured. */
  @Activate
  public HostHealthServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference SshKeyServiceImpl keys,
      @Reference SshDoor door,
      @Reference EgressGuard guard,
      HealthConfiguration configuration) {
    this(transactions, events, keys, look(door, guard, configuration), Clock.systemUTC());
  }

  HostHealthServiceImpl(
      Transactions transactions,
      EventLog events,
      SshKeyServiceImpl keys,
      HostLook look,
      Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.keys = keys;
    this.look = look;
    this.clock = clock;
  }

  private static HostLook look(SshDoor door, EgressGuard guard, HealthConfiguration set) {
    List<String> lists =
        Stream.of(set.block_lists().split(","))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .toList();
    Duration timeout = Duration.ofMillis(set.dns_timeout_millis());
    return new HostLook(
        door,
        new OutsideChecks(guard, PATIENCE),
        new NameChecks(new LiveNameServers(set.dns_resolvers(), timeout), lists),
        new InsideChecks(set.outbound_target().strip(), set.disk_percent()));
  }

  /** Ends what resolvers share; it begins anew with the next question of whoever asks one. */
  @Deactivate
  public void close() {
    NioClient.close();
    look.close();
  }

  Transactions transactions() {
    return transactions;
  }

  HealthStore store() {
    return store;
  }

  @Override
  public List<HostCheck> get(TenantContext context, UUID hostId) {
    return transactions.call(
        context,
        tx -> {
          host(tx, hostId);
          return store.list(tx, hostId);
        });
  }

  @Override
  public List<HostCheck> check(TenantContext context, UUID hostId) {
    Host host = transactions.call(context, tx -> begin(tx, hostId));
    Map<Check, Finding> found = look.at(host, () -> keys.login(context, hostId), now());
    return transactions.call(
        context.withoutIdempotencyKey(), tx -> record(tx, hostId, found, now()));
  }

  /** Whatever becomes of the look, the next one is not sooner: the others have their turn. */
  private Host begin(Tx tx, UUID hostId) throws SQLException {
    Host host = host(tx, hostId);
    store.lookAt(tx, hostId, now().plus(EVERY));
    return host;
  }

  private List<HostCheck> record(Tx tx, UUID hostId, Map<Check, Finding> found, Instant now)
      throws SQLException {
    if (hosts.find(tx, hostId, true).isEmpty()) {
      throw RookeryException.notFound("host");
    }
    Map<Check, HostCheck> before =
        store.list(tx, hostId).stream()
            .collect(Collectors.toMap(HostCheck::check, Function.identity()));
    for (Map.Entry<Check, Finding> one : found.entrySet()) {
      HostCheck last = before.get(one.getKey());
      Finding finding = one.getValue();
      boolean same =
          last != null && last.state() == finding.state() && last.code().equals(finding.code());
      store.put(
          tx,
          hostId,
          new HostCheck(
              one.getKey(),
              finding.state(),
              finding.code(),
              finding.detail(),
              now,
              same ? last.changedAt() : now));
      if (!same) {
        events.append(tx, changed(hostId, one.getKey(), finding, now));
      }
    }
    store.lookAt(tx, hostId, now.plus(EVERY));
    return store.list(tx, hostId);
  }

  private static NewEvent changed(UUID hostId, Check check, Finding finding, Instant now) {
    return NewEvent.of(
        "host.check_changed",
        hostId,
        now,
        Map.of(
            "check",
            HealthStore.word(check),
            "state",
            HealthStore.word(finding.state()),
            "code",
            finding.code()));
  }

  private Host host(Tx tx, UUID id) throws SQLException {
    return hosts.find(tx, id, false).orElseThrow(() -> RookeryException.notFound("host"));
  }

  /** In the database's precision, so that what is returned now equals what is read later. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
