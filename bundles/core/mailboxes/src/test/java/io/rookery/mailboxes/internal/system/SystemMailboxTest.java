// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Capability;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SystemMailboxTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext operator = DATABASE.tenant();
  private final Map<UUID, Mailbox> boxes = new HashMap<>();
  private final List<UUID> permitted = new ArrayList<>();
  private final List<NewEvent> told = new ArrayList<>();
  private List<Backend> installed =
      List.of(new Backend("sandbox", "1", Set.of(Capability.CATCHES_MAIL), List.of()));
  private final SystemMailboxImpl system = system();

  @Test
  void theFirstShouldBeASandboxMailboxThatIsMadeOnce() {
    Mailbox first = system.find(operator).orElseThrow();
    assertThat(first.backend()).isEqualTo("sandbox");
    assertThat(system.find(operator)).contains(first);
    assertThat(boxes).hasSize(1);
    assertThat(permitted).containsOnly(operator.tenantId());
    assertThat(told).extracting(NewEvent::subjectId).containsExactly(first.id());
  }

  @Test
  void withoutABackendThatCatchesMailThereShouldBeNoneUntilOneIsChosen() {
    installed = List.of(new Backend("smtp", "1", Set.of(Capability.RAW_MIME), List.of()));
    assertThat(system.find(operator)).isEmpty();
    Mailbox box = add("smtp");
    assertThat(system.choose(operator, box.id())).isEqualTo(box);
    system.choose(operator, box.id());
    assertThat(system.find(operator)).contains(box);
    assertThat(told).hasSize(1);
    assertThat(permitted).containsOnly(operator.tenantId());
  }

  @Test
  void oneThatWasRemovedShouldNotBeReplacedByItself() {
    Mailbox box = add("smtp");
    system.choose(operator, box.id());
    boxes.clear();
    assertThat(system.find(operator)).isEmpty();
    Mailbox other = add("smtp");
    system.choose(operator, other.id());
    assertThat(system.find(operator)).contains(other);
  }

  @Test
  void onlyTheOperatorShouldChooseAndOnlyWhatThereIs() {
    TenantContext somebody = DATABASE.tenant();
    assertFails("forbidden", () -> system.find(somebody));
    assertFails("forbidden", () -> system.choose(somebody, Uuids.next()));
    assertFails("not_found", () -> system.choose(operator, Uuids.next()));
  }

  private static void assertFails(String code, Runnable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code().name()).isEqualTo(code));
  }

  private SystemMailboxImpl system() {
    return new SystemMailboxImpl(
        new SystemMailboxImpl.Neighbours(
            DATABASE.transactions(),
            (tx, events) -> told.addAll(events),
            fake(TenantService.class, Map.of("operatorTenantId", it -> operator.tenantId())),
            fake(
                TenantPermissions.class,
                Map.of("grant", it -> permitted.add((UUID) it[1]) ? null : null)),
            fake(
                MailboxService.class,
                Map.of(
                    "get", it -> get((UUID) it[1]),
                    "create", it -> add(((MailboxData) it[1]).backend()))),
            fake(BackendDirectory.class, Map.of("list", it -> installed))),
        Clock.systemUTC());
  }

  private Mailbox get(UUID id) {
    return Optional.ofNullable(boxes.get(id))
        .orElseThrow(
            () -> new RookeryException(CommonErrors.NOT_FOUND, "There is no such mailbox"));
  }

  private Mailbox add(String backend) {
    Mailbox box =
        new Mailbox(
            Uuids.next(),
            new UUID(0, 2),
            "r@o.example",
            null,
            backend,
            Map.of(),
            Set.of(),
            1,
            0,
            WhenInDoubt.RESEND,
            null,
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            1);
    boxes.put(box.id(), box);
    return box;
  }

  private static <T> T fake(Class<T> service, Map<String, Function<Object[], Object>> methods) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> methods.get(method.getName()).apply(arguments)));
  }
}
