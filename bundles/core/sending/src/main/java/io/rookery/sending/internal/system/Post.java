// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.api.people.PeopleMail;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.single.Barriers;
import io.rookery.sending.internal.single.Single;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.SingleStore;
import io.rookery.sending.internal.system.SystemMailStore.Waiting;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues what is to be mailed as messages of the operator's tenant, each under the id of its event,
 * so that however often it is done there is one. Waits while no mailbox is able to send.
 */
final class Post {

  private static final Logger LOG = LoggerFactory.getLogger(Post.class);
  private static final int AT_ONCE = 100;

  /** Whoever tries passwords from many sources makes many locks; the first mail tells it. */
  private static final Duration LOCKS_APART = Duration.ofMinutes(30);

  private final Neighbours neighbours;
  private final Clock clock;
  private final SystemMailStore store = new SystemMailStore();
  private final SingleStore singles = new SingleStore();
  private final LaneStore lanes = new LaneStore();
  private volatile String obstacle;

  /**
   * The services that it leans on.
   *
   * @param urge is told the tenant and the lanes that have something urgent
   */
  record Neighbours(
      Transactions transactions,
      EventLog events,
      TenantService tenants,
      SuppressionService suppressions,
      PeopleMail mail,
      SystemMailbox mailbox,
      MessageContents contents,
      BiConsumer<UUID, List<UUID>> urge) {}

  Post(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /** Returns what keeps mail from being queued, or null. */
  String obstacle() {
    return obstacle;
  }

  /** Returns a letter's address as it goes on the wire, or empty where nothing can go there. */
  static Optional<String> wire(Letter letter) {
    return EmailAddresses.wire(letter.address());
  }

  /** Queues what there is. */
  void round() {
    List<Waiting> waiting =
        neighbours
            .transactions()
            .system(SystemPurpose.SYSTEM_MAIL, system -> store.waiting(system, AT_ONCE));
    TenantContext operator = neighbours.tenants().operator(Actor.system("sending"));
    for (Waiting one : waiting) {
      try {
        if (!post(operator, one)) {
          return;
        }
      } catch (RookeryException e) {
        LOG.warn("System mail {} is queued later: {}", one.id(), e.toString());
      }
    }
    if (waiting.isEmpty()) {
      able();
    }
  }

  /** Queues one; returns whether others have a chance. */
  private boolean post(TenantContext operator, Waiting one) {
    TenantContext about = operator.inside(one.tenantId());
    Cause cause =
        neighbours.transactions().call(about, tx -> store.wanted(tx, one.id())).orElse(null);
    if (cause == null) {
      return true;
    }
    String address = neighbours.mail().letter(cause).flatMap(Post::wire).orElse(null);
    if (address != null) {
      Mailbox mailbox = able(operator);
      if (mailbox == null) {
        return false;
      }
      Single message = message(cause, address, mailbox);
      neighbours.transactions().call(operator, tx -> queue(tx, cause, message));
      neighbours.urge().accept(operator.tenantId(), List.of(mailbox.id()));
    }
    neighbours
        .transactions()
        .call(
            about,
            tx -> {
              store.done(tx, one.id());
              return null;
            });
    return true;
  }

  /** Returns the mailbox to send from, or null while there is none that is able to. */
  private Mailbox able(TenantContext operator) {
    Mailbox mailbox = neighbours.mailbox().find(operator).orElse(null);
    if (mailbox == null) {
      unable("no mailbox is chosen for it; choose one with rookery:system-mailbox");
      return null;
    }
    Optional<GateFinding> finding =
        neighbours.contents().check(operator, mailbox.id(), Category.TRANSACTIONAL).stream()
            .filter(found -> !found.code().equals("mailbox_paused"))
            .findFirst();
    if (finding.isPresent()) {
      unable(finding.get().detail());
      return null;
    }
    able();
    return mailbox;
  }

  private void unable(String why) {
    if (!why.equals(obstacle)) {
      obstacle = why;
      LOG.warn("The platform's own mail waits, as {}", why);
    }
  }

  private void able() {
    if (obstacle != null) {
      obstacle = null;
      LOG.info("The platform's own mail goes out again");
    }
  }

  private Single message(Cause cause, String address, Mailbox mailbox) {
    return new Single(
        cause.id(),
        null,
        address,
        new Single.Sender(mailbox.id(), EmailAddresses.domainOf(mailbox.address())),
        Category.TRANSACTIONAL,
        now(),
        null,
        null);
  }

  private Void queue(Tx tx, Cause cause, Single message) throws SQLException {
    if (told(tx, cause) || !store.queue(tx, cause)) {
      return null;
    }
    boolean barred =
        Barriers.forbid(
            true, neighbours.suppressions().barriers(tx, List.of(message.to())).get(message.to()));
    Instant now = now();
    singles.insert(tx, List.of(barred ? message.refused(Barriers.REFUSED) : message), now);
    if (!barred) {
      List<UUID> lane = List.of(message.sender().mailboxId());
      lanes.makeDue(tx, lane, message.dueAt());
      lanes.makeUrgent(tx, lane);
    }
    neighbours.events().append(tx, event(message, barred, now));
    return null;
  }

  private boolean told(Tx tx, Cause cause) throws SQLException {
    return cause.kind() == Kind.LOCKED
        && store.mailedSince(tx, cause.subjectId(), cause.kind(), cause.at().minus(LOCKS_APART));
  }

  private static NewEvent event(Single message, boolean barred, Instant now) {
    return NewEvent.of(
        barred ? "message.suppressed" : "message.queued",
        message.id(),
        now,
        Map.of(
            "mailbox_id",
            message.sender().mailboxId(),
            "category",
            "transactional",
            "mode",
            "live"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
