// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.single.Barriers;
import io.rookery.sending.internal.store.ClaimStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What must hold at each claim, as it held when messages were taken: that transactional mail is
 * permitted, that test mail is caught, and for messages of no campaign that their recipients may be
 * written to, which the claim itself has looked at for the others. Ends those for which it does not
 * hold, and tells the log of messages of no campaign: nobody counts them in a campaign's progress.
 * Thread-safe.
 */
public final class ClaimGate {

  private final TenantPermissions permissions;
  private final SuppressionService suppressions;
  private final EventLog events;
  private final ClaimStore store = new ClaimStore();

  /** Makes a gate that asks the areas to the left. */
  public ClaimGate(
      TenantPermissions permissions, SuppressionService suppressions, EventLog events) {
    this.permissions = permissions;
    this.suppressions = suppressions;
    this.events = events;
  }

  /** Why a message ends, and in which state. */
  private enum End {
    BARRED("suppressed", Barriers.REFUSED),
    NOT_PERMITTED("failed", "Transactional mail is no longer permitted"),
    NOT_CAUGHT("failed", "A test message never leaves the sandbox"),
    EXPIRED("failed", "Not sent in the time it was to be tried");

    private final String state;
    private final String detail;

    End(String state, String detail) {
      this.state = state;
      this.detail = detail;
    }
  }

  /**
   * Ends those of some claimed messages that do not go out; returns their ids.
   *
   * @param catching whether their backend lets nothing leave the platform
   */
  Set<UUID> end(Tx tx, List<ClaimedMessage> messages, boolean catching, Instant now)
      throws SQLException {
    boolean any = messages.stream().anyMatch(ClaimedMessage::transactional);
    boolean permitted = any && permissions.holds(tx, Permission.TRANSACTIONAL_MAIL);
    Map<String, Barrier> barriers =
        suppressions.barriers(
            tx, messages.stream().filter(ClaimedMessage::single).map(ClaimedMessage::to).toList());
    Map<End, List<ClaimedMessage>> ended = new EnumMap<>(End.class);
    Set<UUID> ids = new HashSet<>();
    for (ClaimedMessage message : messages) {
      End end = end(message, barriers, permitted, catching);
      if (end != null) {
        ended.computeIfAbsent(end, e -> new ArrayList<>()).add(message);
        ids.add(message.id());
      }
    }
    for (Map.Entry<End, List<ClaimedMessage>> some : ended.entrySet()) {
      end(tx, some.getKey(), some.getValue(), now);
    }
    return ids;
  }

  private static End end(
      ClaimedMessage message, Map<String, Barrier> barriers, boolean permitted, boolean catching) {
    if (message.test() && !catching) {
      return End.NOT_CAUGHT;
    }
    if (message.transactional() && !permitted) {
      return End.NOT_PERMITTED;
    }
    boolean barred =
        message.single() && Barriers.forbid(message.transactional(), barriers.get(message.to()));
    return barred ? End.BARRED : null;
  }

  /** Ends messages whose recipients may not be written to. */
  void bar(Tx tx, List<ClaimedMessage> messages, Instant now) throws SQLException {
    end(tx, End.BARRED, messages, now);
  }

  /** Ends messages whose time is over; the log is told of those of campaigns too. */
  void expire(Tx tx, List<ClaimedMessage> messages, Instant now) throws SQLException {
    fail(tx, messages, End.EXPIRED.detail, now);
  }

  /** Ends messages that can never be sent; the log is told of those of campaigns too. */
  void fail(Tx tx, List<ClaimedMessage> messages, String detail, Instant now) throws SQLException {
    Set<UUID> ended = store.end(tx, ids(messages), "failed", detail, now);
    events.append(
        tx,
        messages.stream()
            .filter(message -> ended.contains(message.id()))
            .map(message -> event("message.failed", message, now))
            .toList());
  }

  private void end(Tx tx, End end, List<ClaimedMessage> messages, Instant now) throws SQLException {
    Set<UUID> ended = store.end(tx, ids(messages), end.state, end.detail, now);
    events.append(
        tx,
        messages.stream()
            .filter(message -> message.single() && ended.contains(message.id()))
            .map(message -> event("message." + end.state, message, now))
            .toList());
  }

  private static List<UUID> ids(List<ClaimedMessage> messages) {
    return messages.stream().map(ClaimedMessage::id).toList();
  }

  private static NewEvent event(String type, ClaimedMessage message, Instant now) {
    Map<String, Object> data = new HashMap<>();
    if (!message.single()) {
      data.put("campaign_id", message.campaignId());
    }
    if (message.contactId() != null) {
      data.put("contact_id", message.contactId());
    }
    // Comes after the event of its last try, should it have had some.
    long version = 2L * message.attempts() + 1;
    return new NewEvent(type, message.id(), version, now, data);
  }
}
