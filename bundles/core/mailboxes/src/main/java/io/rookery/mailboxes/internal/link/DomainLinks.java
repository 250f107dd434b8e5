// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.api.mailboxes.LinkHost.State;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What becomes of a domain's link host when something becomes of the domain. Thread-safe. */
public final class DomainLinks {

  static final String VERIFIED = "domain.link_host_verified";
  static final String FAILING = "domain.link_host_failing";

  private final EventLog events;
  private final LinkHostStore store = new LinkHostStore();

  /** Tells a log when a host ceases to be verified. */
  public DomainLinks(EventLog events) {
    this.events = events;
  }

  /** Makes the host of a new domain. */
  public void made(Tx tx, UUID domainId, String host, Instant now) throws SQLException {
    store.made(tx, domainId, host, now);
  }

  /** The domain was found verified: its host is looked at soon where that is not verified. */
  public void covered(Tx tx, UUID domainId, Instant now) throws SQLException {
    Optional<LinkHostRow> row = store.ofDomain(tx, domainId);
    if (row.isPresent() && row.get().state() != State.VERIFIED && row.get().dueAt().isAfter(now)) {
      store.update(tx, row.get().wanted(now));
    }
  }

  /** The domain is not verified, or gone: new mail has no links to its host from now on. */
  public void uncovered(Tx tx, UUID domainId, Instant now) throws SQLException {
    Optional<LinkHostRow> row = store.ofDomain(tx, domainId);
    if (row.isPresent() && row.get().state() == State.VERIFIED) {
      LinkHostRow after = row.get().uncovered(now);
      store.update(tx, after);
      tell(tx, row.get(), after, now);
    }
  }

  /** Tells the log where a host has become verified or ceased to be. */
  void tell(Tx tx, LinkHostRow before, LinkHostRow after, Instant now) {
    boolean was = before.state() == State.VERIFIED;
    boolean is = after.state() == State.VERIFIED;
    if (was != is) {
      String type = is ? VERIFIED : FAILING;
      events.append(tx, NewEvent.of(type, after.domainId(), now, Map.of()));
    }
  }
}
