// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxFallbacks.FallbackData;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.events.EventLog;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Capability;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test key may change: nothing that live mail goes by. */
class TestKeysTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext live = DATABASE.tenant();
  private final TenantContext test =
      new TenantContext(live.tenantId(), live.actor(), "r", null, Mode.TEST);
  private final EventLog log = (tx, appended) -> {};
  private final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  private final FakeRelay relay = new FakeRelay();
  private final MailboxServiceImpl mailboxes =
      new MailboxServiceImpl(
          DATABASE.transactions(),
          new FakeSecrets(),
          log,
          backends,
          null,
          TestWorkspaces.OPEN,
          Clock.systemUTC());
  private final MailboxFallbacksImpl fallbacks =
      new MailboxFallbacksImpl(
          DATABASE.transactions(), new FakeSecrets(), log, backends, Clock.systemUTC());
  private final MailboxConsentsImpl consents =
      new MailboxConsentsImpl(DATABASE.transactions(), log, backends, null, Clock.systemUTC());
  private final SendingPausesImpl pauses =
      new SendingPausesImpl(DATABASE.transactions(), log, Clock.systemUTC());

  @BeforeEach
  void install() {
    FakeRelay catching =
        new FakeRelay() {
          @Override
          public Set<Capability> capabilities() {
            return Set.of(Capability.RAW_MIME, Capability.CATCHES_MAIL);
          }
        };
    backends.bindBackend(relay, Map.of("backend", "relay", "version", "1.0.0"));
    backends.bindBackend(catching, Map.of("backend", "net", "version", "1.0.0"));
  }

  @Test
  void aTestKeyShouldChangeNoMailboxOfLiveMail() {
    Mailbox running = mailboxes.create(live, data("ann@example.com", "relay"));
    Mailbox made = mailboxes.create(live, data("bob@example.com", "relay"));
    Mailbox paused = mailboxes.pause(live, made.id(), null);

    refused(() -> mailboxes.create(test, data("eve@example.com", "relay")));
    refused(() -> mailboxes.update(test, running.id(), data("eve@example.com", null), 0));
    refused(() -> mailboxes.pause(test, running.id(), null));
    refused(() -> mailboxes.resume(test, paused.id()));
    refused(() -> mailboxes.delete(test, paused.id()));
    refused(() -> fallbacks.replace(test, running.id(), List.of()));
    refused(() -> consents.start(test, running.id(), "acme"));
    assertThat(mailboxes.get(test, running.id())).isEqualTo(running);
    assertThat(mailboxes.get(test, paused.id())).isEqualTo(paused);

    backends.unbindBackend(relay); // What it can do is not known now.
    refused(() -> mailboxes.pause(test, running.id(), null));
    assertThat(mailboxes.pause(live, running.id(), null).pausedReason()).isNotNull();
  }

  @Test
  void aTestKeyShouldManageMailboxesWhoseMailIsCaught() {
    UUID id = mailboxes.create(test, data("ann@example.com", "net")).id();

    assertThat(mailboxes.update(test, id, data("eve@example.com", null), 0).address())
        .isEqualTo("eve@example.com");
    refused(() -> mailboxes.update(test, id, data(null, "relay"), 0));
    FallbackData other = new FallbackData(null, "net", Map.of("host", "b.example"), Map.of());
    assertThat(fallbacks.replace(test, id, List.of(other))).hasSize(1);
    assertThat(mailboxes.pause(test, id, null).pausedReason()).isNotNull();
    assertThat(mailboxes.resume(test, id).pausedReason()).isNull();
    mailboxes.pause(test, id, null);
    mailboxes.delete(test, id);
    assertThatThrownBy(() -> mailboxes.get(live, id)).isInstanceOf(RookeryException.class);
  }

  @Test
  void aTestKeyShouldNeitherPauseSendingNorLetItGoOn() {
    refused(() -> pauses.pause(test, Scope.TENANT, null, null));
    refused(() -> pauses.pause(test, Scope.DOMAIN, "a.example", null));
    assertThat(pauses.list(test)).isEmpty();

    Pause pause = pauses.pause(live, Scope.TENANT, null, null);
    refused(() -> pauses.resume(test, pause.id()));
    assertThat(pauses.list(test)).containsExactly(pause);
  }

  private static MailboxData data(String address, String backend) {
    Map<String, String> settings = Map.of("host", "smtp.example.com");
    return new MailboxData(address, null, backend, settings, Map.of(), null, null, null);
  }

  private static void refused(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("forbidden"));
  }
}
