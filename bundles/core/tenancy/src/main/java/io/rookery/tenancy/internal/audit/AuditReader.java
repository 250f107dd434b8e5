// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.tenancy.internal.audit.chain.ChainStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes the audit chains from the event log. What somebody did is wanted, whichever event tells of
 * it; what became of each mail is not: nobody did it, and it would drown the rest.
 */
@Component(service = EventReader.class)
public final class AuditReader implements EventReader {

  private static final Set<String> FATES =
      Set.of(
          "message.accepted",
          "message.deferred",
          "message.bounced",
          "message.failed",
          "message.in_doubt",
          "message.suppressed",
          "message.complained",
          "message.opened",
          "message.clicked");

  /** A head is signed twice a minute; a few seconds more leave a chain to its tenants' writes. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final Clock clock;
  private final Duration rest;
  private final ChainStore chains = new ChainStore();

  /** Reads once the tables are there. */
  @Activate
  public AuditReader(@Reference(target = "(area=tenancy)") Schema schema) {
    this(Clock.systemUTC(), REST);
  }

  /** Records by a given clock and rests for so long. */
  public AuditReader(Clock clock, Duration rest) {
    this.clock = clock;
    this.rest = rest;
  }

  @Override
  public String name() {
    return "tenancy.audit";
  }

  @Override
  public Set<String> types() {
    return Set.of();
  }

  @Override
  public Set<String> except() {
    return FATES;
  }

  @Override
  public Duration rest() {
    return rest;
  }

  @Override
  public void apply(Tx tx, List<Event> events) throws SQLException {
    chains.append(tx, events, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
