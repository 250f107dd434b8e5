// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.plugin.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxServicesTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final List<NewEvent> events = new ArrayList<>();
  private final List<UUID> raised = new ArrayList<>();
  private final TenantContext tenant = DATABASE.tenant();
  private final Fakes.Secrets secrets = new Fakes.Secrets();
  private final Backends backends = new Backends();
  private final MailboxServiceImpl mailboxes =
      new MailboxServiceImpl(
          DATABASE.transactions(), (tx, appended) -> events.addAll(appended), epochs(), backends,
          secrets, Clock.systemUTC());
  private final DomainServiceImpl domains =
      new DomainServiceImpl(
          DATABASE.transactions(), (tx, appended) -> events.addAll(appended), Clock.systemUTC());

  private Epochs epochs() {
    return new Epochs() {
      @Override
      public void raise(UUID tenantId, String topic) {
        assertThat(topic).isEqualTo("mailboxes");
        raised.add(tenantId);
      }

      @Override
      public long current(UUID tenantId, String topic) {
        return raised.size();
      }
    };
  }

  @BeforeEach
  void installs() {
    backends.addBackend(new Fakes.Backend(), Map.of("backend", "smtp", "version", "1.2.0"));
  }

  @Test
  void keepsSettingsHereAndSecretsInTheStore() throws Exception {
    Mailbox made = mailboxes.create(tenant, data("News@Bücher.example", "right"));
    assertThat(made.address()).isEqualTo("News@xn--bcher-kva.example");
    assertThat(made.settings())
        .isEqualTo(Map.of("host", "mx.example.com", "port", "587", "tls", "starttls"));
    assertThat(made.secretSettings()).containsExactly("password");
    assertThat(made.dailyLimit()).isEqualTo(50);
    assertThat(secrets.kept).containsOnlyKeys(tenant.tenantId() + "/smtp/" + made.id());
    assertThat(mailboxes.get(tenant, made.id())).isEqualTo(made);
    Account account = mailboxes.account(tenant, made.id());
    assertThat(account.credentials()).isEqualTo(Map.of("password", Secret.of("right")));
    assertThat(account.epoch()).isEqualTo(1);
    assertThat(raised).containsExactly(tenant.tenantId());
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery("select string_agg(m::text, '') from tenant.mailbox m")) {
      row.next();
      assertThat(row.getString(1)).doesNotContain("right");
    }
  }

  @Test
  void namesEveryWrongField() {
    MailboxData wrong =
        new MailboxData(
            "nobody", "News\r\nBcc: x@example.com", "smtp",
            Map.of("port", "0", "tls", "none", "pool", "maybe", "colour", "red", "password", "x"),
            Map.of("token", Secret.of("x")), 0, -1L);
    assertThatThrownBy(() -> mailboxes.create(tenant, wrong))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::pointer)
                    .containsExactlyInAnyOrder(
                        "/address", "/display_name", "/daily_limit", "/minimum_gap_millis",
                        "/settings/host", "/settings/port", "/settings/tls", "/settings/pool",
                        "/settings/colour", "/settings/password", "/secrets/token",
                        "/secrets/password"));
    assertThat(secrets.kept).isEmpty();
    fails("validation_failed", () -> mailboxes.create(tenant, data("a@example.com", "x", "fax")));
  }

  @Test
  void takesTheSecretBackWhereTheAddressIsTaken() {
    mailboxes.create(tenant, data("a@example.com", "right"));
    fails("conflict", () -> mailboxes.create(tenant, data("A@example.com", "right")));
    assertThat(secrets.kept).hasSize(1);
    TenantContext keyed = tenant.with(new IdempotencyKey("k", "f"));
    Mailbox once = mailboxes.create(keyed, data("b@example.com", "right"));
    assertThat(mailboxes.create(keyed, data("b@example.com", "right"))).isEqualTo(once);
    assertThat(secrets.kept).hasSize(2);
  }

  @Test
  void changesUnderTheVersionSeen() {
    Mailbox made = mailboxes.create(tenant, data("a@example.com", "wrong"));
    fails("mailbox_check_failed", () -> mailboxes.check(tenant, made.id()));
    MailboxData change =
        new MailboxData(
            null, "News", null, Map.of("port", "465"), Map.of("password", Secret.of("right")), 10,
            null);
    Mailbox changed = mailboxes.update(tenant, made.id(), change, 1);
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.settings()).containsEntry("port", "465").containsEntry("tls", "starttls");
    fails("precondition_failed", () -> mailboxes.update(tenant, made.id(), change, 1));
    assertThat(mailboxes.account(tenant, made.id()).credentials().get("password").reveal())
        .isEqualTo("right");
    assertThat(raised).hasSize(2);
  }

  @Test
  void pausesResumesAndRemoves() throws Exception {
    Mailbox made = mailboxes.create(tenant, data("a@example.com", "right"));
    assertThat(mailboxes.pause(tenant, made.id(), "bounces").pausedReason()).isEqualTo("bounces");
    assertThat(sendable()).isEqualTo("a@example.com true");
    assertThat(mailboxes.pause(tenant, made.id(), "again").version()).isEqualTo(2);
    assertThat(mailboxes.resume(tenant, made.id()).pausedReason()).isNull();
    assertThat(sendable()).isEqualTo("a@example.com false");
    mailboxes.delete(tenant, made.id());
    assertThat(sendable()).isNull();
    assertThat(secrets.kept).isEmpty();
    fails("not_found", () -> mailboxes.account(tenant, made.id()));
    assertThat(mailboxes.list(tenant, PageRequest.FIRST).items()).isEmpty();
    mailboxes.create(tenant, data("a@example.com", "right"));
    assertThat(events)
        .extracting(NewEvent::type)
        .containsExactly(
            "mailbox.created", "mailbox.paused", "mailbox.resumed", "mailbox.deleted",
            "mailbox.created");
  }

  @Test
  void hidesAMailboxFromAnotherTenantAndWaitsForASealedStore() {
    Mailbox made = mailboxes.create(tenant, data("a@example.com", "right"));
    TenantContext other = DATABASE.tenant();
    fails("not_found", () -> mailboxes.get(other, made.id()));
    fails("not_found", () -> mailboxes.account(other, made.id()));
    fails("not_found", () -> mailboxes.delete(other, made.id()));
    secrets.sealed = true;
    fails("unavailable", () -> mailboxes.account(tenant, made.id()));
    fails("unavailable", () -> mailboxes.create(tenant, data("b@example.com", "right")));
  }

  @Test
  void prefersTheHighestVersionOfABackend() {
    Fakes.Backend newer = new Fakes.Backend();
    backends.addBackend(newer, Map.of("backend", "smtp", "version", "1.10.0"));
    assertThat(backends.find("smtp").orElseThrow().version()).isEqualTo("1.10.0");
    assertThat(backends.list()).hasSize(2);
    backends.removeBackend(newer);
    assertThat(backends.find("smtp").orElseThrow().version()).isEqualTo("1.2.0");
    assertThat(backends.find("loops")).isEmpty();
  }

  @Test
  void trustsDomainsOnTheOperatorsWordAlone() {
    TenantContext operator =
        TenantContext.of(DATABASE.tenant().tenantId(), new Actor(Actor.Kind.OPERATOR, "op"));
    DomainTrust trust = domains.trust(operator, tenant.tenantId(), "Bücher.example");
    assertThat(trust.domain()).isEqualTo("xn--bcher-kva.example");
    assertThat(domains.trust(operator, tenant.tenantId(), "bücher.example")).isEqualTo(trust);
    assertThat(events).extracting(NewEvent::type).containsExactly("domain.trusted", "domain.trusted");
    assertThat(domains.maySend(tenant, "news.bücher.example")).isTrue();
    assertThat(domains.maySend(tenant, "cher-kva.example")).isFalse();
    assertThat(domains.maySend(DATABASE.tenant(), "bücher.example")).isFalse();
    domains.distrust(operator, tenant.tenantId(), "bücher.example");
    assertThat(domains.trusted(tenant)).isEmpty();
    TenantContext user = TenantContext.of(tenant.tenantId(), new Actor(Actor.Kind.USER, "u"));
    fails("forbidden", () -> domains.trust(user, tenant.tenantId(), "example.com"));
  }

  private String sendable() throws Exception {
    try (Connection app = DATABASE.asApp(tenant);
        Statement statement = app.createStatement();
        ResultSet row =
            statement.executeQuery("select address, paused from tenant.mailboxes_sendable_v1")) {
      return row.next() ? row.getString(1) + " " + row.getBoolean(2) : null;
    }
  }

  private static MailboxData data(String address, String password) {
    return data(address, password, "smtp");
  }

  private static MailboxData data(String address, String password, String backend) {
    return new MailboxData(
        address, null, backend, Map.of("host", "mx.example.com"),
        Map.of("password", Secret.of(password)), null, null);
  }

  private static void fails(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo(code));
  }
}
