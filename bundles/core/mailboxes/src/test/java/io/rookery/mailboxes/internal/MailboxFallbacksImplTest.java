// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.api.mailboxes.MailboxFallbacks.FallbackData;
import io.rookery.events.NewEvent;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.plugin.Secret;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxFallbacksImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final FakeSecrets secrets = new FakeSecrets();
  private final List<NewEvent> events = new ArrayList<>();
  private final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  private final MailboxServiceImpl mailboxes =
      new MailboxServiceImpl(
          DATABASE.transactions(),
          secrets,
          (tx, appended) -> events.addAll(appended),
          backends,
          null,
          TestWorkspaces.OPEN,
          Clock.systemUTC());
  private final MailboxFallbacksImpl fallbacks =
      new MailboxFallbacksImpl(
          DATABASE.transactions(),
          secrets,
          (tx, appended) -> events.addAll(appended),
          backends,
          Clock.systemUTC());
  private UUID mailbox;

  @BeforeEach
  void install() {
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.0.0"));
    mailbox =
        mailboxes
            .create(
                context,
                new MailboxData(
                    "ann@example.com",
                    null,
                    "relay",
                    Map.of("host", "own.example.com"),
                    Map.of("password", FakeRelay.PASSWORD),
                    null,
                    null,
                    null))
            .id();
  }

  private static FallbackData relay(UUID id, String host, Map<String, Secret> secrets) {
    return new FallbackData(id, "relay", Map.of("host", host), secrets);
  }

  private List<Fallback> two() {
    return fallbacks.replace(
        context,
        mailbox,
        List.of(
            relay(null, "b.example.com", Map.of("password", FakeRelay.PASSWORD)),
            relay(null, "c.example.com", Map.of())));
  }

  @Test
  void fallbacksShouldBeAccountsOfTheirOwnOfTheSameSender() throws Exception {
    List<Fallback> made = two();

    assertThat(fallbacks.list(context, mailbox)).isEqualTo(made);
    assertThat(made)
        .extracting(it -> it.settings().get("host"))
        .containsExactly("b.example.com", "c.example.com");
    Account own = mailboxes.account(context, mailbox);
    Account first = fallbacks.account(context, mailbox, made.get(0).id());
    Account second = fallbacks.account(context, mailbox, made.get(1).id());
    assertThat(Set.of(own.id(), first.id(), second.id())).hasSize(3);
    assertThat(first.address()).isEqualTo("ann@example.com");
    assertThat(first.settings()).containsEntry("port", "587");
    assertThat(first.credentials()).containsEntry("password", FakeRelay.PASSWORD);
    assertThat(second.credentials()).isEmpty();
    fallbacks.check(context, mailbox, made.get(0).id());
    assertThatThrownBy(() -> fallbacks.check(context, mailbox, made.get(1).id()))
        .isInstanceOf(RookeryException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void anEntryThatIsKeptShouldKeepItsSecretAndOneLeftOutLoseIt() {
    List<Fallback> made = two();
    assertThat(secrets.kept).hasSize(2);

    UUID kept = made.get(0).id();
    Map<String, String> settings = Map.of("host", "b.example.com", "connections", "2");
    FallbackData same = new FallbackData(kept, "relay", settings, Map.of());
    fallbacks.replace(context, mailbox, List.of(same));
    Account account = fallbacks.account(context, mailbox, kept);
    assertThat(account.settings()).containsEntry("connections", "2");
    assertThat(account.credentials()).containsEntry("password", FakeRelay.PASSWORD);
    assertThat(account.epoch()).isEqualTo(2);

    fallbacks.replace(context, mailbox, List.of());
    assertThat(fallbacks.list(context, mailbox)).isEmpty();
    assertThat(secrets.kept).hasSize(1);
    assertThatThrownBy(() -> fallbacks.account(context, mailbox, kept))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void everyWrongFieldShouldBeNamedAndNothingKept() {
    assertThat(
            pointers(
                new FallbackData(null, "pigeon", Map.of(), Map.of()),
                new FallbackData(null, "relay", Map.of("port", "x"), Map.of())))
        .containsExactlyInAnyOrder(
            "/fallbacks/0/backend", "/fallbacks/1/settings/host", "/fallbacks/1/settings/port");
    assertThat(pointers(relay(UUID.randomUUID(), "b.example.com", Map.of())))
        .containsExactly("/fallbacks/0/id");
    assertThat(pointers(new FallbackData(null, null, Map.of(), Map.of())))
        .containsExactly("/fallbacks/0/backend");
    FallbackData one = relay(null, "b.example.com", Map.of());
    assertThat(pointers(Collections.nCopies(4, one).toArray(new FallbackData[0])))
        .containsExactly("/fallbacks");
    assertThat(fallbacks.list(context, mailbox)).isEmpty();
  }

  @Test
  void mailShouldNeverBeCaughtInsteadOfSent() {
    FakeRelay catching =
        new FakeRelay() {
          @Override
          public Set<Capability> capabilities() {
            return Set.of(Capability.RAW_MIME, Capability.CATCHES_MAIL);
          }
        };
    backends.bindBackend(catching, Map.of("backend", "net", "version", "1.0.0"));
    assertThat(pointers(new FallbackData(null, "net", Map.of("host", "x"), Map.of())))
        .containsExactly("/fallbacks/0/backend");
  }

  private List<String> pointers(FallbackData... wanted) {
    RookeryException refused =
        catchThrowableOfType(
            RookeryException.class, () -> fallbacks.replace(context, mailbox, List.of(wanted)));
    return refused.errors().stream().map(FieldError::pointer).toList();
  }

  @Test
  void theLogShouldSayOnceWhichWayTheMailGoes() {
    UUID first = two().get(0).id();
    events.clear();
    use(first);
    use(first);
    assertThat(fallbacks.list(context, mailbox))
        .extracting(Fallback::inUse)
        .containsExactly(true, false);
    use(null);
    use(null);
    assertThat(events)
        .extracting(NewEvent::type)
        .containsExactly("mailbox.failed_over", "mailbox.failed_back");
    assertThat(events.get(0).data().get("fallback_id")).isEqualTo(first);
    assertThat(events.get(1).subjectVersion()).isGreaterThan(events.get(0).subjectVersion());
  }

  private void use(UUID fallback) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              fallbacks.use(tx, mailbox, fallback);
              return null;
            });
  }

  @Test
  void anotherTenantShouldNotReachThem() {
    UUID first = two().get(0).id();
    TenantContext other = DATABASE.tenant();
    assertThatThrownBy(() -> fallbacks.list(other, mailbox)).isInstanceOf(RookeryException.class);
    assertThatThrownBy(() -> fallbacks.replace(other, mailbox, List.of()))
        .isInstanceOf(RookeryException.class);
    assertThatThrownBy(() -> fallbacks.account(other, mailbox, first))
        .isInstanceOf(RookeryException.class);
    assertThat(fallbacks.list(context, mailbox)).hasSize(2);
  }

  @Test
  void aMailboxThatIsRemovedShouldTakeThemAndTheirSecretsWithIt() {
    two();
    Mailbox paused = mailboxes.pause(context, mailbox, "gone");
    assertThat(paused.pausedReason()).isEqualTo("gone");
    mailboxes.delete(context, mailbox);
    assertThat(secrets.kept).isEmpty();
    assertThatThrownBy(() -> fallbacks.list(context, mailbox)).isInstanceOf(RookeryException.class);
  }
}
