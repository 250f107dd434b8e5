// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.api.mailboxes.MailboxFallbacks.FallbackData;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret that is stored goes nowhere but where whoever sent it sent it. */
class SecretReceiverTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final Map<String, String> SETTINGS = Map.of("host", "smtp.example.com");
  private static final Map<String, Secret> SECRETS = Map.of("password", FakeRelay.PASSWORD);

  private final TenantContext context = DATABASE.tenant();
  private final FakeSecrets secrets = new FakeSecrets();
  private final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  private final MailboxServiceImpl mailboxes =
      new MailboxServiceImpl(
          DATABASE.transactions(),
          secrets,
          (tx, appended) -> {},
          backends,
          null,
          TestWorkspaces.OPEN,
          Clock.systemUTC());
  private final MailboxFallbacksImpl fallbacks =
      new MailboxFallbacksImpl(
          DATABASE.transactions(), secrets, (tx, appended) -> {}, backends, Clock.systemUTC());

  @BeforeEach
  void install() {
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.0.0"));
    backends.bindBackend(new FakeRelay(), Map.of("backend", "other", "version", "1.0.0"));
  }

  @ParameterizedTest
  @CsvSource({
    "relay, host, thief.example",
    "relay, port, 2525",
    "relay, security, none",
    "relay, keep_alive, false",
    "other, host, smtp.example.com"
  })
  void aStoredSecretShouldNotFollowAMailboxElsewhere(String backend, String name, String value) {
    Mailbox made = make(SECRETS);
    Map<String, String> settings = Map.of(name, value);

    assertThat(pointers(() -> update(made, backend, settings, null)))
        .containsExactly("/secrets/password");
    assertThat(mailboxes.get(context, made.id())).isEqualTo(made);
    assertThat(mailboxes.account(context, made.id()).credentials()).isEqualTo(SECRETS);

    Map<String, Secret> again = Map.of("password", Secret.of("sent again"));
    Mailbox changed = update(made, backend, settings, again);
    assertThat(changed.settings()).containsEntry(name, value);
    assertThat(mailboxes.account(context, made.id()).credentials()).isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({"host, smtp.example.com", "port, 587", "security, starttls", "connections, 9"})
  void whatLeavesTheServerAsItIsShouldNeedNoSecret(String name, String value) {
    Mailbox made = make(SECRETS);
    assertThat(update(made, null, Map.of(name, value), null).settings()).containsEntry(name, value);
  }

  @Test
  void aMailboxWithoutASecretShouldGoWhereItLikes() {
    Mailbox made = make(Map.of());
    assertThat(update(made, null, Map.of("host", "b.example"), null).settings())
        .containsEntry("host", "b.example");
  }

  /** The secret comes while the change is under way, which saw none. */
  @Test
  void aSecretThatComesInBetweenShouldStayToo() {
    Mailbox made = make(SECRETS);
    Map<String, Secret> other = Map.of("second", Secret.of("theirs"));
    backends.bindBackend(
        new FakeRelay() {
          @Override
          public List<Setting> settings() {
            var all = new ArrayList<>(super.settings());
            all.add(Setting.optional("second", Setting.Type.SECRET, null, "Another"));
            return all;
          }
        },
        Map.of("backend", "relay", "version", "2.0.0"));
    secrets.beforeRead = () -> update(made, null, null, other);

    Map<String, Secret> own = Map.of("password", Secret.of("mine"));
    assertThat(pointers(() -> update(made, null, Map.of("host", "thief.example"), own)))
        .containsExactly("/secrets/second");
    assertThat(mailboxes.get(context, made.id()).settings())
        .containsEntry("host", "smtp.example.com");
  }

  @ParameterizedTest
  @CsvSource({"host, thief.example", "port, 2525", "security, none"})
  void aStoredSecretShouldNotFollowAFallbackElsewhere(String name, String value) {
    UUID mailbox = make(Map.of()).id();
    UUID id = fallback(mailbox, null, "relay", SETTINGS, SECRETS).id();
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put(name, value);

    assertThat(pointers(() -> fallback(mailbox, id, "relay", settings, null)))
        .containsExactly("/fallbacks/0/secrets/password");
    assertThat(fallbacks.account(context, mailbox, id).settings())
        .containsEntry("host", "smtp.example.com");

    Map<String, Secret> again = Map.of("password", Secret.of("sent again"));
    assertThat(fallback(mailbox, id, "relay", settings, again).settings())
        .containsEntry(name, value);
    assertThat(fallbacks.account(context, mailbox, id).credentials()).isEqualTo(again);
  }

  @Test
  void anotherBackendShouldGetNothingOfAFallbacksSecrets() {
    UUID mailbox = make(Map.of()).id();
    UUID id = fallback(mailbox, null, "relay", SETTINGS, SECRETS).id();

    fallback(mailbox, id, "other", Map.of("host", "thief.example"), null);
    assertThat(fallbacks.account(context, mailbox, id).credentials()).isEmpty();
    fallback(mailbox, id, "relay", Map.of("host", "thief.example"), null);
    assertThat(fallbacks.account(context, mailbox, id).credentials()).isEmpty();
  }

  private Mailbox make(Map<String, Secret> given) {
    return mailboxes.create(
        context,
        new MailboxData("ann@example.com", null, "relay", SETTINGS, given, null, null, null));
  }

  private Mailbox update(
      Mailbox mailbox, String backend, Map<String, String> settings, Map<String, Secret> given) {
    MailboxData data = new MailboxData(null, null, backend, settings, given, null, null, null);
    return mailboxes.update(context, mailbox.id(), data, 0);
  }

  private Fallback fallback(
      UUID mailbox,
      UUID id,
      String backend,
      Map<String, String> settings,
      Map<String, Secret> given) {
    List<FallbackData> wanted = List.of(new FallbackData(id, backend, settings, given));
    return fallbacks.replace(context, mailbox, wanted).get(0);
  }

  private static List<String> pointers(ThrowingCallable attempt) {
    RookeryException refused = catchThrowableOfType(RookeryException.class, attempt);
    assertThat(refused.code().name()).isEqualTo("validation_failed");
    return refused.errors().stream().map(FieldError::pointer).toList();
  }
}
