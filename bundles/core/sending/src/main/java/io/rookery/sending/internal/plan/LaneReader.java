// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.sending.internal.store.LaneStore;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets lanes that are held back try again as soon as what held them back may be over. */
@Component(service = EventReader.class)
public final class LaneReader implements EventReader {

  /** What may be over for every lane of the tenant. */
  private static final Set<String> FOR_ALL =
      Set.of(
          "tenant.resumed", "tenant.sending_resumed", "tenant.unsealed", "domain.sending_resumed");

  private final LaneStore lanes = new LaneStore();
  private final Clock clock;

  /** Makes the reader. */
  @Activate
  public LaneReader(@Reference(target = "(area=sending)") Schema schema) {
    this.clock = Clock.systemUTC();
  }

  @Override
  public String name() {
    return "sending.lanes";
  }

  @Override
  public Set<String> types() {
    return Set.of(
        "mailbox.authorized",
        "mailbox.resumed",
        "mailbox.updated",
        "tenant.resumed",
        "tenant.sending_resumed",
        "tenant.unsealed",
        "domain.sending_resumed");
  }

  @Override
  public void apply(Tx tx, List<Event> events) throws SQLException {
    boolean all = events.stream().anyMatch(event -> FOR_ALL.contains(event.type()));
    lanes.release(tx, all ? null : events.stream().map(Event::subjectId).toList(), clock.instant());
  }
}
