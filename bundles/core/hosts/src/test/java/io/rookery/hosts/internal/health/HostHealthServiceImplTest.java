// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostCheck.Check;
import io.rookery.api.hosts.HostCheck.State;
import io.rookery.api.hosts.HostData;
import io.rookery.api.monitoring.MetricSource.Sample;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.StoredSecrets;
import io.rookery.hosts.internal.TestHosts;
import io.rookery.hosts.internal.keys.SshKeyServiceImpl;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.testkit.mail.DirectEgress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class HostHealthServiceImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("hosts");

  private final TenantContext tenant = DATABASE.tenant();
  private final List<NewEvent> events = new ArrayList<>();
  private final StoredSecrets secrets = new StoredSecrets();
  private final SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(2));
  private final Host host =
      TestHosts.service(DATABASE, secrets, new ArrayList<>(), door)
          .create(tenant, new HostData("mx1", "127.0.0.1", 1, null));

  @AfterEach
  void close() {
    door.close();
  }

  private HostHealthServiceImpl health(int open, int shut) {
    return health(open, shut, (name, type) -> Optional.of(List.of()));
  }

  private HostHealthServiceImpl health(int open, int shut, NameServers names) {
    HostLook look =
        new HostLook(
            door,
            new OutsideChecks(new DirectEgress(), Duration.ofMillis(300)),
            new NameChecks(names, List.of("list.example")),
            new InsideChecks("", 90),
            Map.of(
                Check.PORT_25, open,
                Check.PORT_465, shut,
                Check.PORT_587, shut,
                Check.PORT_993, shut,
                Check.PORT_443, shut));
    return new HostHealthServiceImpl(
        DATABASE.transactions(),
        (tx, appended) -> events.addAll(appended),
        new SshKeyServiceImpl(
            DATABASE.transactions(),
            secrets,
            (tx, appended) -> events.addAll(appended),
            door,
            (tx, subject, incident) -> {}),
        look,
        Clock.systemUTC());
  }

  private static Map<Check, HostCheck> byName(List<HostCheck> checks) {
    return checks.stream().collect(Collectors.toMap(HostCheck::check, Function.identity()));
  }

  @Test
  void whatIsSeenShouldBeKeptAndToldWhereItChanges() throws Exception {
    Map<Check, HostCheck> first;
    HostHealthServiceImpl health;
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      health = health(server.getLocalPort(), 1);
      assertThat(health.get(tenant, host.id())).isEmpty();
      first = byName(health.check(tenant, host.id()));
      assertThat(first).hasSize(Check.values().length);
      assertThat(first.get(Check.PORT_25).state()).isEqualTo(State.OK);
      assertThat(first.get(Check.PORT_993).state()).isEqualTo(State.FAILED);
      assertThat(first.get(Check.BLOCK_LISTS).state()).isEqualTo(State.OK);
      assertThat(first.get(Check.HEARTBEAT).code()).isEqualTo("no_key");
      assertThat(events).hasSize(Check.values().length);
    }
    events.clear();
    Map<Check, HostCheck> second = byName(health.check(tenant, host.id()));
    assertThat(second.get(Check.PORT_25).state()).isEqualTo(State.FAILED);
    assertThat(second.get(Check.PORT_993).changedAt())
        .isEqualTo(first.get(Check.PORT_993).changedAt());
    assertThat(second.get(Check.PORT_993).checkedAt())
        .isAfter(first.get(Check.PORT_993).checkedAt());
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("host.check_changed");
              assertThat(event.data().toString()).contains("port_25", "closed");
            });
    assertThat(health.get(tenant, host.id()))
        .containsExactlyElementsOf(
            second.values().stream()
                .sorted(java.util.Comparator.comparing(HostCheck::check))
                .toList());
    assertThatThrownBy(() -> health.get(DATABASE.tenant(), host.id()))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void hostsShouldBeLookedAtWhenTheyAreDueAndCounted() throws Exception {
    HostHealthServiceImpl health = health(1, 1);
    new HealthUpkeep(health).run();
    List<HostCheck> seen = health.get(tenant, host.id());
    assertThat(seen).hasSize(Check.values().length);
    new HealthUpkeep(health).run();
    assertThat(health.get(tenant, host.id())).isEqualTo(seen);
    List<Sample> samples = new HealthMetrics(health).samples();
    assertThat(samples)
        .anySatisfy(
            it -> {
              assertThat(it.labels()).containsEntry("check", "port_25");
              assertThat(it.labels()).containsEntry("state", "failed");
              assertThat(it.value()).isPositive();
            });
  }

  /** Notes a key whose private half the store should have. */
  private void noteKey() throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      String ids = "'%s', gen_random_uuid(), ".formatted(tenant.tenantId());
      statement.execute(
          """
          with key as (
            insert into tenant.host_key (tenant_id, id, host_id, role, username, algorithm, state,
              grace_seconds, rotation_days, untidy, created_at, version)
            values (%s '%s', 'admin', 'root', 'ed25519', 'active', 0, 90, false, now(), 1)
            returning id)
          insert into tenant.host_key_version (tenant_id, id, key_id, number, state, public_key,
            fingerprint, created_at)
          select %s key.id, 1, 'current', 'ssh-ed25519 AAAA', 'SHA256:x', now() from key
          """
              .formatted(ids, host.id(), ids));
    }
  }

  private void assertTheRestIsSeen(String detail) {
    Map<Check, HostCheck> seen = byName(health(1, 1).check(tenant, host.id()));
    assertThat(seen.get(Check.HEARTBEAT).code()).isEqualTo("key_not_read");
    assertThat(seen.get(Check.HEARTBEAT).state()).isEqualTo(State.UNKNOWN);
    assertThat(seen.get(Check.HEARTBEAT).detail()).contains(detail);
    assertThat(seen.get(Check.PORT_25).state()).isEqualTo(State.FAILED);
  }

  @Test
  void aHostShouldBeLookedAtFromOutsideWhereItsKeyCannotBeRead() throws Exception {
    noteKey();
    assertTheRestIsSeen("There is no such secret");
    secrets.store.write(
        SecretPath.tenant(tenant.tenantId(), "ssh/" + host.id() + "/admin"),
        new SecretData(Map.of("private_key", Secret.of("no key"))),
        0);
    assertTheRestIsSeen("cannot be read");
    secrets.sealed = true;
    assertTheRestIsSeen("Sealed");
  }

  @Test
  void aHostThatCannotBeLookedAtShouldNotStandInTheWayOfOthers() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    HostHealthServiceImpl health =
        health(
            1,
            1,
            (name, type) -> {
              broken.set(true);
              throw new IllegalStateException("Broken");
            });
    new HealthUpkeep(health).run();
    assertThat(broken).isTrue();
    assertThat(health.get(tenant, host.id())).isEmpty();
    assertThat(due(health, health.now())).isFalse();
    assertThat(due(health, health.now().plus(HostHealthServiceImpl.EVERY))).isTrue();
  }

  private boolean due(HostHealthServiceImpl health, Instant time) {
    return DATABASE
        .transactions()
        .system(SystemPurpose.JOBS, system -> health.store().due(system, time, 1000))
        .stream()
        .anyMatch(it -> it.id().equals(host.id()));
  }

  @Test
  void theFullestDiskShouldCount() {
    InsideChecks inside = new InsideChecks("", 90);
    String df =
        """
        Filesystem     1024-blocks     Used Available Capacity Mounted on
        /dev/sda1         20000000  9000000  11000000      45%% /
        /dev/loop1            1000     1000         0     100%% /snap/core
        /dev/sdb1         20000000 18600000   1400000      %d%% /var
        """;
    assertThat(inside.disk(df.formatted(45)).state()).isEqualTo(State.OK);
    assertThat(inside.disk(df.formatted(93)))
        .satisfies(it -> assertThat(it.detail()).contains("/var", "93 %"));
    assertThat(inside.disk(df.formatted(100)).code()).isEqualTo("full");
    assertThat(inside.disk("no df here").state()).isEqualTo(State.UNKNOWN);
  }
}
