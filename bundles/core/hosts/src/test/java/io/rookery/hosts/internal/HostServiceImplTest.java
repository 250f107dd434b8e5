// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.testkit.mail.DirectEgress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HostServiceImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("hosts");

  private static final String FINGERPRINT = "SHA256:" + "A".repeat(43);

  private final TenantContext tenant = DATABASE.tenant();
  private final List<NewEvent> events = new ArrayList<>();
  private final SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(2));
  private final HostServiceImpl hosts =
      new HostServiceImpl(
          DATABASE.transactions(),
          new StoredSecrets(),
          (tx, appended) -> events.addAll(appended),
          door,
          Clock.systemUTC());

  @AfterEach
  void close() {
    door.close();
  }

  private static HostData data(String name) {
    return new HostData(name, "host.example", null, null);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RookeryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void hostsShouldBeRegisteredOnceAndFoundByTheirTenantAlone() {
    TenantContext once = tenant.with(new IdempotencyKey("k1", "f"));
    Host made = hosts.create(once, data("mx1"));
    assertThat(hosts.create(once, data("mx1"))).isEqualTo(made);
    assertThat(made.port()).isEqualTo(22);
    assertThat(made.hostKey()).isNull();
    assertThat(hosts.get(tenant, made.id())).isEqualTo(made);
    assertThat(hosts.list(tenant, PageRequest.FIRST).items()).containsExactly(made);
    assertThat(events).extracting(NewEvent::type).containsExactly("host.registered");

    TenantContext stranger = DATABASE.tenant();
    assertThat(hosts.list(stranger, PageRequest.FIRST).items()).isEmpty();
    assertFails(CommonErrors.NOT_FOUND, () -> hosts.get(stranger, made.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> hosts.scan(stranger, made.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> hosts.delete(stranger, made.id()));
    assertFails(CommonErrors.CONFLICT, () -> hosts.create(tenant, data("mx1")));
    hosts.create(stranger, data("mx1"));
  }

  @Test
  void changesShouldKeepThePinAndHeedTheVersion() {
    Host made = hosts.create(tenant, new HostData("mx1", "host.example", 2222, FINGERPRINT));
    assertThat(made.hostKey().fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(made.pinnedAt()).isEqualTo(made.createdAt());
    Host moved = hosts.update(tenant, made.id(), new HostData(null, "2001:db8::1", null, null), 1);
    assertThat(moved.name()).isEqualTo("mx1");
    assertThat(moved.port()).isEqualTo(2222);
    assertThat(moved.address()).isEqualTo("2001:db8::1");
    assertThat(moved.hostKey()).isEqualTo(made.hostKey());
    assertThat(hosts.get(tenant, made.id())).isEqualTo(moved);
    assertFails(
        CommonErrors.PRECONDITION_FAILED, () -> hosts.update(tenant, made.id(), data("b"), 1));
    hosts.create(tenant, data("mx2"));
    assertFails(CommonErrors.CONFLICT, () -> hosts.update(tenant, made.id(), data("mx2"), 0));
  }

  @Test
  void whatIsNoHostShouldBeRefusedWithAllItsFields() {
    assertThatThrownBy(
            () -> hosts.create(tenant, new HostData(" ", "-oProxyCommand=x", 70000, "MD5:00")))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors())
                    .extracting(error -> error.pointer())
                    .containsExactly("/name", "/address", "/port", "/fingerprint"));
    assertFails(
        CommonErrors.VALIDATION_FAILED, () -> hosts.pin(tenant, UUID.randomUUID(), "SHA256:x"));
  }

  @Test
  void aHostThatIsRemovedShouldBeGone() {
    Host made = hosts.create(tenant, data("mx1"));
    hosts.delete(tenant, made.id());
    assertFails(CommonErrors.NOT_FOUND, () -> hosts.get(tenant, made.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> hosts.delete(tenant, made.id()));
    assertThat(events)
        .extracting(NewEvent::type)
        .containsExactly("host.registered", "host.removed");
  }

  @Test
  void aHostThatIsNotThereShouldBeToldPlainly() {
    Host made = hosts.create(tenant, new HostData("mx1", "127.0.0.1", 1, null));
    assertThatThrownBy(() -> hosts.scan(tenant, made.id()))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(HostErrors.UNREACHABLE);
              assertThat(e).hasMessageContaining("127.0.0.1").hasMessageContaining("firewall");
            });
    Host unknown = hosts.create(tenant, new HostData("mx2", "nobody.invalid", null, null));
    assertThatThrownBy(() -> hosts.pin(tenant, unknown.id(), FINGERPRINT))
        .hasMessageContaining("nobody.invalid");
  }
}
