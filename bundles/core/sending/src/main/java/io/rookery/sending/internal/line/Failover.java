// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.sending.internal.throttle.Circuits;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.Capability;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds another server for a mailbox whose own cannot be used, in the mailbox's order. */
final class Failover {

  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  private final LaneParts parts;
  private final TenantContext context;
  private final LaneKey lane;

  Failover(LaneParts parts, TenantContext context, LaneKey lane) {
    this.parts = parts;
    this.context = context;
    this.lane = lane;
  }

  /**
   * A way for a turn.
   *
   * @param fallbackId the fallback that it is, or null for the mailbox's own server
   */
  record Route(BackendHandle backend, Account account, Circuits.Passage passage, UUID fallbackId) {}

  /** Returns the first fallback that is there and can be reached; never in a transaction. */
  Optional<Route> find(BackendHandle own) {
    for (Fallback fallback : fallbacks()) {
      BackendHandle backend =
          parts.backends().find(fallback.backend(), lane.tenantId()).orElse(null);
      if (backend != null && standsFor(own, backend)) {
        Optional<Route> route = route(backend, fallback.id());
        if (route.isPresent()) {
          return route;
        }
      }
    }
    return Optional.empty();
  }

  private List<Fallback> fallbacks() {
    try {
      return service().list(context, lane.laneId());
    } catch (RookeryException e) {
      if (e.code().kind() == ErrorCode.Kind.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  private MailboxFallbacks service() {
    return parts.neighbours().fallbacks();
  }

  /** What was agreed on when it was set may differ by now: mail is never caught instead of sent. */
  private static boolean standsFor(BackendHandle own, BackendHandle other) {
    boolean catches = other.backend().capabilities().contains(Capability.CATCHES_MAIL);
    return other.backend().capabilities().contains(Capability.RAW_MIME)
        && (own == null
            ? !catches
            : catches == own.backend().capabilities().contains(Capability.CATCHES_MAIL));
  }

  private Optional<Route> route(BackendHandle backend, UUID fallbackId) {
    Account account;
    try {
      account = service().account(context, lane.laneId(), fallbackId);
    } catch (RookeryException e) {
      LOG.warn(
          "Fallback {} of lane {} cannot be used: {}", fallbackId, lane.laneId(), e.toString());
      return Optional.empty();
    }
    Circuits.Passage passage = parts.pacing().passage(backend, account, lane);
    return passage.granted()
        ? Optional.of(new Route(backend, account, passage, fallbackId))
        : Optional.empty();
  }

  /** Notes that the mailbox's mail goes by its own server again, now or with a later turn. */
  void back() {
    try {
      use(null);
    } catch (RookeryException e) {
      LOG.warn("That mailbox {} is back is noted later: {}", lane.laneId(), e.toString());
    }
  }

  /** Notes by what the mailbox's mail goes from now on; never in a transaction. */
  void use(UUID fallbackId) {
    parts
        .transactions()
        .call(
            context,
            tx -> {
              service().use(tx, lane.laneId(), fallbackId);
              return null;
            });
    LOG.info(
        "Mail of mailbox {} goes by {}",
        lane.laneId(),
        fallbackId == null ? "its own server again" : "fallback " + fallbackId);
  }
}
