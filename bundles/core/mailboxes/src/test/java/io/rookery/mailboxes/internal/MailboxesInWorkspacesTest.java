// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.mailboxes.internal.domain.DomainFixture;
import io.rookery.persistence.test.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxesInWorkspacesTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final UUID SHOES = Uuids.next();
  private static final UUID HATS = Uuids.next();

  private final TenantContext tenant = DATABASE.tenant();
  private final TenantContext inShoes = tenant.in(Set.of(SHOES));
  private final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  private final FakeSecrets secrets = new FakeSecrets();
  private final MailboxServiceImpl mailboxes =
      new MailboxServiceImpl(
          DATABASE.transactions(),
          secrets,
          (tx, appended) -> {},
          backends,
          null,
          TestWorkspaces.OPEN,
          Clock.systemUTC());
  private final SendingDomainService domains = new DomainFixture(DATABASE).service;

  @BeforeEach
  void install() {
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.0.0"));
  }

  private static MailboxData data(String address) {
    return new MailboxData(
        address,
        null,
        "relay",
        Map.of("host", "smtp.example.com"),
        Map.of("password", FakeRelay.PASSWORD),
        null,
        null,
        null);
  }

  private static MailboxData change(UUID workspace) {
    return new MailboxData(null, null, null, null, null, null, null, null).in(workspace);
  }

  private static void missing(ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND));
  }

  @Test
  void aMailboxShouldBeInTheMainWorkspaceUnlessSaidOtherwiseAndMove() {
    Mailbox made = mailboxes.create(tenant, data("a@example.com"));
    assertThat(made.workspaceId()).isEqualTo(tenant.tenantId());
    Mailbox moved = mailboxes.update(tenant, made.id(), change(SHOES), made.version());
    assertThat(moved.workspaceId()).isEqualTo(SHOES);
    assertThat(mailboxes.get(tenant, made.id())).isEqualTo(moved);
    assertThat(mailboxes.pause(tenant, made.id(), "Rest").workspaceId()).isEqualTo(SHOES);
    assertThat(mailboxes.create(tenant, data("b@example.com").in(HATS)).workspaceId())
        .isEqualTo(HATS);
  }

  @Test
  void mailboxesOfOtherWorkspacesShouldNotBeThere() {
    Mailbox shoes = mailboxes.create(tenant, data("a@example.com").in(SHOES));
    Mailbox hats = mailboxes.create(tenant, data("b@example.com").in(HATS));
    Mailbox main = mailboxes.create(tenant, data("c@example.com"));
    assertThat(mailboxes.list(inShoes, PageRequest.FIRST).items()).containsExactly(shoes);
    assertThat(mailboxes.list(tenant.within(HATS), PageRequest.FIRST).items())
        .containsExactly(hats);
    for (UUID other : List.of(hats.id(), main.id())) {
      missing(() -> mailboxes.get(inShoes, other));
      missing(() -> mailboxes.update(inShoes, other, change(null), 0));
      missing(() -> mailboxes.pause(inShoes, other, "Rest"));
      missing(() -> mailboxes.resume(inShoes, other));
      missing(() -> mailboxes.check(inShoes, other));
      missing(() -> mailboxes.delete(inShoes, other));
    }
    assertThat(mailboxes.get(tenant, hats.id())).isEqualTo(hats);
    assertThat(mailboxes.account(tenant, hats.id()).credentials()).containsKey("password");
    assertThat(mailboxes.pause(inShoes, shoes.id(), "Rest").pausedReason()).isEqualTo("Rest");
  }

  @Test
  void domainsOfOtherWorkspacesShouldNotBeThere() {
    SendingDomain shoes = domains.create(tenant, "shoes.example", SHOES);
    SendingDomain main = domains.create(tenant, "main.example");
    assertThat(shoes.workspaceId()).isEqualTo(SHOES);
    assertThat(main.workspaceId()).isEqualTo(tenant.tenantId());
    assertThat(domains.verify(tenant, shoes.id()).workspaceId()).isEqualTo(SHOES);
    assertThat(domains.rotateDkim(tenant, shoes.id()).workspaceId()).isEqualTo(SHOES);
    assertThat(domains.list(inShoes, PageRequest.FIRST).items())
        .extracting(SendingDomain::id)
        .containsExactly(shoes.id());
    missing(() -> domains.get(inShoes, main.id()));
    missing(() -> domains.verify(inShoes, main.id()));
    missing(() -> domains.delete(inShoes, main.id()));
    assertThat(domains.get(tenant, main.id()).name()).isEqualTo("main.example");
  }
}
