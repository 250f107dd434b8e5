// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.events.NewEvent;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.plugin.Secret;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxServiceImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final FakeSecrets secrets = new FakeSecrets();
  private final List<NewEvent> events = new ArrayList<>();
  private final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  private final MailboxServiceImpl service =
      new MailboxServiceImpl(
          DATABASE.transactions(),
          secrets,
          (tx, appended) -> events.addAll(appended),
          backends,
          null,
          TestWorkspaces.OPEN,
          Clock.systemUTC());

  @BeforeEach
  void install() {
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.0.0"));
  }

  @Test
  void theTablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void aMailboxShouldKeepItsSecretInTheStoreAlone() throws Exception {
    Mailbox made = service.create(context, relay("Ann@Bücher.example"));

    assertThat(made.address()).isEqualTo("Ann@xn--bcher-kva.example");
    assertThat(made.dailyLimit()).isEqualTo(50);
    assertThat(made.secretSettings()).containsExactly("password");
    assertThat(service.get(context, made.id())).isEqualTo(made);
    Account account = service.account(context, made.id());
    assertThat(account.credentials()).containsEntry("password", FakeRelay.PASSWORD);
    assertThat(account.settings())
        .containsEntry("host", "smtp.example.com")
        .containsEntry("port", "587")
        .containsEntry("security", "starttls");
    assertThat(everything()).doesNotContain("let me in");
    service.check(context, made.id());
    assertThat(events).extracting(NewEvent::type).containsExactly("mailbox.created");
  }

  @Test
  void everyWrongFieldShouldBeNamedAndNothingKept() {
    MailboxData wrong =
        new MailboxData(
            "nobody", "A\r\nBcc: x@y.example", "relay", Map.of(), Map.of(), 0, -1L, null);
    assertThat(pointers(() -> service.create(context, wrong)))
        .containsExactlyInAnyOrder(
            "/address", "/display_name", "/daily_limit", "/minimum_gap_millis");

    MailboxData settings =
        new MailboxData(
            "a@example.com",
            null,
            "relay",
            Map.of("port", "x", "security", "no", "keep_alive", "1", "colour", "red"),
            Map.of("password", Secret.of("a\r\nb")),
            null,
            null,
            null);
    assertThat(pointers(() -> service.create(context, settings)))
        .containsExactly("/secrets/password");
    MailboxData further =
        new MailboxData(
            "a@example.com",
            null,
            "relay",
            Map.of("port", "x", "security", "no", "keep_alive", "1", "colour", "red"),
            Map.of("token", Secret.of("t")),
            null,
            null,
            null);
    assertThat(pointers(() -> service.create(context, further)))
        .containsExactlyInAnyOrder(
            "/settings/host",
            "/settings/port",
            "/settings/security",
            "/settings/keep_alive",
            "/settings/colour",
            "/secrets/token");
    MailboxData unknown =
        new MailboxData("a@example.com", null, "pigeon", Map.of(), Map.of(), null, null, null);
    assertThat(pointers(() -> service.create(context, unknown))).containsExactly("/backend");
    assertThat(secrets.kept).isEmpty();
    assertThat(service.list(context, PageRequest.FIRST).items()).isEmpty();
  }

  @Test
  void anAddressShouldBelongToOneMailboxOfATenant() {
    service.create(context, relay("ann@example.com"));

    assertThatThrownBy(() -> service.create(context, relay("ANN@example.com")))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("conflict"));
    assertThat(secrets.kept).hasSize(1);
    service.create(DATABASE.tenant(), relay("ann@example.com"));
  }

  @Test
  void aRepeatedRequestShouldMakeOneMailboxAndKeepOneSecret() {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));

    Mailbox first = service.create(keyed, relay("ann@example.com"));
    assertThat(service.create(keyed, relay("ann@example.com"))).isEqualTo(first);
    assertThat(secrets.kept).hasSize(1);
  }

  @Test
  void aChangeShouldLeaveTheRestAndMindTheVersion() {
    Mailbox made = service.create(context, relay("ann@example.com"));
    MailboxData change =
        new MailboxData(
            null,
            "Ann",
            null,
            Map.of("port", "465"),
            Map.of("password", Secret.of("new")),
            70,
            null,
            MailboxData.WhenInDoubt.HOLD);

    Mailbox changed = service.update(context, made.id(), change, made.version());
    assertThat(changed.displayName()).isEqualTo("Ann");
    assertThat(made.whenInDoubt()).isEqualTo(MailboxData.WhenInDoubt.RESEND);
    assertThat(changed.whenInDoubt()).isEqualTo(MailboxData.WhenInDoubt.HOLD);
    assertThat(service.get(context, made.id())).isEqualTo(changed);
    assertThat(changed.settings())
        .containsEntry("port", "465")
        .containsEntry("host", "smtp.example.com");
    assertThat(service.account(context, made.id()).credentials())
        .containsEntry("password", Secret.of("new"));
    assertThatThrownBy(() -> service.update(context, made.id(), change, made.version()))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("precondition_failed"));
    MailboxData late =
        new MailboxData(
            null, null, null, null, Map.of("password", Secret.of("late")), null, null, null);
    assertThatThrownBy(() -> service.update(context, made.id(), late, made.version()))
        .isInstanceOf(RookeryException.class);
    assertThat(service.account(context, made.id()).credentials())
        .containsEntry("password", Secret.of("new"));
    assertThatThrownBy(() -> service.check(context, made.id()))
        .hasMessage("The password is refused");
  }

  @Test
  void anotherPasswordShouldBeTriedWithoutBeingKept() throws Exception {
    MailboxData wrong =
        new MailboxData(
            null, null, null, null, Map.of("password", Secret.of("wrong")), null, null, null);
    Mailbox made = service.create(context, relay("ann@example.com"));
    service.update(context, made.id(), wrong, 0);

    assertThat(service.letsIn(context, made.id(), Map.of("password", FakeRelay.PASSWORD))).isTrue();
    assertThat(service.letsIn(context, made.id(), Map.of("password", Secret.of("no")))).isFalse();
    assertThat(service.account(context, made.id()).credentials())
        .containsEntry("password", Secret.of("wrong"));
  }

  @Test
  void pausingShouldBeRepeatableAndComeBeforeRemoval() {
    Mailbox made = service.create(context, relay("ann@example.com"));
    assertThatThrownBy(() -> service.delete(context, made.id()))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("wrong_state"));

    service.pause(context, made.id(), "Too many bounces");
    assertThat(service.pause(context, made.id(), null).pausedReason())
        .isEqualTo("Too many bounces");
    assertThat(service.resume(context, made.id()).pausedReason()).isNull();
    service.pause(context, made.id(), null);
    service.delete(context, made.id());
    assertThat(secrets.kept).isEmpty();
    assertThatThrownBy(() -> service.get(context, made.id())).isInstanceOf(RookeryException.class);
    service.create(context, relay("ann@example.com"));
  }

  @Test
  void anotherTenantShouldFindNothingAndChangeNothing() {
    Mailbox made = service.create(context, relay("ann@example.com"));
    TenantContext other = DATABASE.tenant();

    for (ThrowingCallable attempt :
        List.<ThrowingCallable>of(
            () -> service.get(other, made.id()),
            () -> service.update(other, made.id(), relay("x@example.com"), 0),
            () -> service.pause(other, made.id(), null),
            () -> service.delete(other, made.id()),
            () -> service.account(other, made.id()))) {
      assertThatThrownBy(attempt)
          .isInstanceOfSatisfying(
              RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("not_found"));
    }
    assertThat(service.get(context, made.id())).isEqualTo(made);
  }

  @Test
  void mailboxesShouldComeInPages() {
    for (int i = 0; i < 5; i++) {
      service.create(context, relay("m" + i + "@example.com"));
    }
    List<UUID> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<Mailbox> page = service.list(context, new PageRequest(2, cursor));
      page.items().forEach(mailbox -> seen.add(mailbox.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void theHighestVersionOfABackendShouldBeTheOneInUse() {
    FakeRelay newer = new FakeRelay();
    backends.bindBackend(newer, Map.of("backend", "relay", "version", "1.10.0"));
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.9.0-SNAPSHOT"));

    assertThat(backends.list())
        .extracting(found -> found.version())
        .containsExactly("1.10.0", "1.9.0-SNAPSHOT", "1.0.0");
    assertThat(backends.find("relay").orElseThrow().version()).isEqualTo("1.10.0");
    backends.unbindBackend(newer);
    assertThat(backends.find("relay").orElseThrow().version()).isEqualTo("1.9.0-SNAPSHOT");
  }

  private static MailboxData relay(String address) {
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

  private static List<String> pointers(ThrowingCallable attempt) {
    RookeryException thrown = (RookeryException) catchThrowable(attempt);
    return thrown.errors().stream().map(FieldError::pointer).toList();
  }

  private String everything() {
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var statement = tx.connection().createStatement();
                  var rows =
                      statement.executeQuery(
                          "select string_agg(m::text, ',') from tenant.mailbox m")) {
                rows.next();
                return rows.getString(1);
              }
            });
  }
}
