// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.State;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.SingleStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Takes messages of no campaign: checks and renders all of them, then writes all of them, with
 * their content, their place in the queue and their events, in one transaction. Thread-safe.
 */
public final class Intake {

  private final IntakeNeighbours neighbours;
  private final BiConsumer<UUID, List<UUID>> urge;
  private final Clock clock;
  private final MessageRules rules;
  private final SingleStore store = new SingleStore();
  private final LaneStore lanes = new LaneStore();

  /**
   * Makes an intake.
   *
   * @param urge is told the tenant and the lanes that have something more urgent than before
   */
  public Intake(IntakeNeighbours neighbours, BiConsumer<UUID, List<UUID>> urge, Clock clock) {
    this.neighbours = neighbours;
    this.urge = urge;
    this.clock = clock;
    this.rules = new MessageRules(neighbours.largestFiles());
  }

  /** What was made of a request before anything of it is written; either is null. */
  private record Prepared(List<Single> messages, RookeryException refusal) {}

  /**
   * Takes messages, all or none, at most once per idempotency key of the context.
   *
   * @param pointer gives the pointer to a message by its number
   * @param answer makes of the messages what is kept and returned
   */
  public <R> R take(
      TenantContext context,
      List<NewMessage> asked,
      IntFunction<String> pointer,
      Class<R> type,
      Function<List<Message>, R> answer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Prepared prepared = prepare(context, asked, pointer, now);
    R result =
        neighbours
            .transactions()
            .callOnce(
                context,
                type,
                tx -> {
                  // Refused only here: a repeat is answered as the first was, even where what the
                  // first found is gone by now or its time has passed.
                  if (prepared.refusal() != null) {
                    throw prepared.refusal();
                  }
                  List<Single> messages = barred(tx, prepared.messages());
                  write(tx, messages, now);
                  return answer.apply(messages.stream().map(m -> shown(tx, m, now)).toList());
                });
    urge.accept(context.tenantId(), lanesOf(prepared));
    return result;
  }

  private static List<UUID> lanesOf(Prepared prepared) {
    return prepared.messages() == null ? List.of() : lanesOf(prepared.messages().stream());
  }

  private static List<UUID> lanesOf(Stream<Single> messages) {
    return messages.map(m -> m.sender().mailboxId()).distinct().toList();
  }

  private Prepared prepare(
      TenantContext context, List<NewMessage> asked, IntFunction<String> pointer, Instant now) {
    try {
      return new Prepared(composed(context, asked, pointer, now), null);
    } catch (RookeryException e) {
      return new Prepared(null, e);
    }
  }

  private List<Single> composed(
      TenantContext context, List<NewMessage> asked, IntFunction<String> pointer, Instant now) {
    Faults all = new Faults();
    List<Faults> faults = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      faults.add(all.at(pointer.apply(i)));
      drafts.add(rules.check(asked.get(i), now, faults.get(i)));
    }
    all.done();
    Named named = new Named(context, neighbours.contents()).load(neighbours.transactions(), drafts);
    List<Named.Found> found = named.find(drafts, faults);
    Composer composer =
        new Composer(
            context,
            neighbours.tenants().get(context),
            neighbours.contents(),
            neighbours.tokens(),
            neighbours.baseUrl());
    List<Single> messages = composer.compose(found);
    all.done();
    return messages;
  }

  private List<Single> barred(Tx tx, List<Single> messages) {
    Map<String, Barrier> barriers =
        neighbours.suppressions().barriers(tx, messages.stream().map(Single::to).toList());
    return messages.stream()
        .map(
            message ->
                Barriers.forbid(
                        message.category() == Category.TRANSACTIONAL, barriers.get(message.to()))
                    ? message.refused(Barriers.REFUSED)
                    : message)
        .toList();
  }

  private void write(Tx tx, List<Single> messages, Instant now) throws SQLException {
    store.insert(tx, messages, now);
    List<Single> sent = messages.stream().filter(m -> m.refused() == null).toList();
    if (!sent.isEmpty()) {
      // One moment for all lanes: a lane that is woken early finds out when its own is due.
      Instant first = sent.stream().map(Single::dueAt).min(Instant::compareTo).orElseThrow();
      lanes.makeDue(tx, lanesOf(sent.stream()), first);
      lanes.makeUrgent(
          tx, lanesOf(sent.stream().filter(m -> m.category() == Category.TRANSACTIONAL)));
    }
    neighbours.events().append(tx, messages.stream().map(m -> event(tx, m, now)).toList());
  }

  private static NewEvent event(Tx tx, Single message, Instant now) {
    Map<String, Object> data = new HashMap<>();
    data.put("mailbox_id", message.sender().mailboxId());
    data.put("category", word(message.category()));
    data.put("mode", word(tx.context().mode()));
    if (message.contactId() != null) {
      data.put("contact_id", message.contactId());
    }
    String type = message.refused() == null ? "message.queued" : "message.suppressed";
    return NewEvent.of(type, message.id(), now, data);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Message shown(Tx tx, Single message, Instant now) {
    boolean refused = message.refused() != null;
    return new Message(
        message.id(),
        null,
        message.contactId(),
        message.sender().mailboxId(),
        message.category(),
        tx.context().mode(),
        refused ? State.SUPPRESSED : State.DUE,
        0,
        message.dueAt(),
        0,
        null,
        message.refused(),
        Mail.messageId(message.id(), message.sender().host()),
        now,
        refused ? now : null);
  }
}
