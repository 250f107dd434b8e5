// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.Event;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.TxWork;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final TenantContext operator = DATABASE.tenant();
  private final TenantContext tenant = DATABASE.tenant();
  private final UUID ada = Uuids.next();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final List<NewEvent> told = new ArrayList<>();
  private final List<UUID> urged = new ArrayList<>();
  private final Mailbox box = box();
  private Mailbox chosen = box;
  private List<GateFinding> findings = List.of();
  private Map<String, Barrier> barriers = Map.of();
  private Letter letter = new Letter("ada@x.example", Map.of("name", "Ada"), null);
  private final SystemMailReader reader =
      new SystemMailReader(
          Fake.of(
              TenantService.class, Map.of("operatorTenantId", arguments -> operator.tenantId())));
  private final Post post = post();

  /** The post is for all tenants of the database. */
  @AfterEach
  void nothingIsLeft() {
    letter = null;
    post.round();
    assertThat(rows("system_mail_wanted", tenant)).isEmpty();
  }

  @Test
  void whatHappenedShouldBecomeOneMessageHoweverOftenItIsReadAndPosted() {
    Event locked = locked("source", now);
    read(locked);
    post.round();
    post.round();
    read(locked);
    post.round();

    assertThat(rows("message", operator))
        .singleElement()
        .asString()
        .contains(locked.id().toString(), "ada@x.example", "transactional", "due");
    assertThat(told).extracting(NewEvent::type).containsExactly("message.queued");
    assertThat(rows("message", tenant)).isEmpty();
    assertThat(rows("system_mail_wanted", tenant)).isEmpty();
    assertThat(rows("lane", operator)).hasSize(1);
    assertThat(urged).contains(box.id());
  }

  @Test
  void manyLocksShouldBeToldOnceInHalfAnHourAndAGuardAtOnce() {
    read(locked("source", now));
    read(locked("source", now.plus(Duration.ofMinutes(20))));
    read(locked("account", now.plus(Duration.ofMinutes(21))));
    read(locked("source", now.plus(Duration.ofMinutes(31))));
    post.round();

    assertThat(rows("system_mail", operator)).hasSize(3);
    assertThat(rows("message", operator)).hasSize(3);
    assertThat(rows("system_mail", operator).stream().filter(row -> row.contains("guarded")))
        .hasSize(1);
  }

  @Test
  void whatCannotBeSentShouldWaitAndBeSaid() {
    read(locked("source", now));
    chosen = null;
    post.round();
    assertThat(post.obstacle()).contains("no mailbox is chosen");
    chosen = box;
    findings = List.of(new GateFinding("backend_missing", "Its backend is not installed"));
    post.round();
    assertThat(post.obstacle()).isEqualTo("Its backend is not installed");
    assertThat(rows("message", operator)).isEmpty();
    assertThat(rows("system_mail_wanted", tenant)).hasSize(1);

    findings = List.of(new GateFinding("mailbox_paused", "It is paused"));
    post.round();

    assertThat(post.obstacle()).isNull();
    assertThat(rows("message", operator)).hasSize(1);
  }

  @Test
  void nobodyShouldBeToldWhatIsNotToBeToldAnyMore() {
    read(locked("source", now));
    letter = null;
    chosen = null;
    post.round();
    assertThat(rows("message", operator)).isEmpty();
    assertThat(rows("system_mail_wanted", tenant)).isEmpty();
    assertThat(post.obstacle()).isNull();
  }

  @Test
  void whoMayNotBeWrittenToShouldGetNothing() {
    barriers = Map.of("ada@x.example", new Barrier(Set.of(Reason.HARD_BOUNCE), false));
    read(locked("source", now));
    post.round();
    assertThat(rows("message", operator)).singleElement().asString().contains("suppressed");
    assertThat(told).extracting(NewEvent::type).containsExactly("message.suppressed");
  }

  /** A person of several tenants has it in several logs. */
  @Test
  void whatHappensToAnAccountShouldBeToldByTheOperatorsLogAlone() {
    read(tenant, event(tenant, "user.password_changed", now, Map.of()));
    assertThat(rows("system_mail_wanted", tenant)).isEmpty();

    read(operator, event(operator, "user.password_changed", now, Map.of()));
    read(operator, event(operator, "user.reset_asked", now, Map.of()));
    assertThat(rows("system_mail_wanted", operator)).hasSize(2);
    post.round();

    assertThat(rows("message", operator)).hasSize(2);
    assertThat(rows("system_mail", operator).toString())
        .contains("password_changed", "reset_asked");
  }

  @Test
  void addressesShouldBeToldInTheTenantWhereTheirPersonAsked() {
    read(tenant, event(tenant, "user.verification_asked", now, Map.of()));
    read(tenant, event(tenant, "email_change.asked", now, Map.of()));
    read(tenant, event(tenant, "email_change.link_asked", now, Map.of()));
    read(tenant, event(tenant, "user.email_changed", now, Map.of()));
    post.round();

    assertThat(rows("message", operator)).hasSize(3);
    assertThat(rows("system_mail", operator).toString())
        .contains("verify", "email_change", "new_email");
  }

  private Event locked(String scope, Instant at) {
    return event(tenant, "user.locked", at, Map.of("scope", scope));
  }

  private Event event(TenantContext in, String type, Instant at, Map<String, Object> data) {
    return new Event(Uuids.next(), in.tenantId(), type, ada, 0, at, "public:sign-in", "r", data);
  }

  private void read(Event event) {
    read(tenant, event);
  }

  private void read(TenantContext in, Event event) {
    call(
        in,
        tx -> {
          reader.apply(tx, List.of(event));
          return null;
        });
  }

  private static <R> R call(TenantContext context, TxWork<R> work) {
    return DATABASE.transactions().call(context, work);
  }

  private static List<String> rows(String table, TenantContext context) {
    return call(
        context,
        tx -> {
          List<String> found = new ArrayList<>();
          try (PreparedStatement select =
                  tx.connection()
                      .prepareStatement("select t::text from tenant." + table + " t order by id");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              found.add(rows.getString(1));
            }
          }
          return found;
        });
  }

  private Post post() {
    return new Post(
        new Post.Neighbours(
            DATABASE.transactions(),
            (tx, events) -> told.addAll(events),
            Fake.of(TenantService.class, Map.of("operator", arguments -> operator)),
            Fake.of(SuppressionService.class, Map.of("barriers", arguments -> barriers)),
            this::letter,
            Fake.of(SystemMailbox.class, Map.of("find", it -> Optional.ofNullable(chosen))),
            Fake.of(MessageContents.class, Map.of("check", arguments -> findings)),
            (about, lanes) -> urged.addAll(lanes)),
        Clock.systemUTC());
  }

  private Optional<Letter> letter(Cause cause) {
    boolean account = cause.kind() == Kind.RESET_ASKED || cause.kind() == Kind.PASSWORD_CHANGED;
    assertThat(cause.tenantId()).isEqualTo((account ? operator : tenant).tenantId());
    assertThat(cause.subjectId()).isEqualTo(ada);
    return Optional.ofNullable(letter);
  }

  private static Mailbox box() {
    return new Mailbox(
        Uuids.next(),
        new UUID(0, 2),
        "rookery@sandbox.example",
        "Rookery",
        "sandbox",
        Map.of(),
        Set.of(),
        100,
        0,
        WhenInDoubt.RESEND,
        null,
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        1);
  }
}
