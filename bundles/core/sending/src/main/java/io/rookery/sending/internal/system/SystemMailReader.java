// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notes of what happened what somebody is to be told by mail. */
@Component(service = EventReader.class)
public final class SystemMailReader implements EventReader {

  private static final String LOCKED = "user.locked";
  private static final Map<String, Kind> KINDS = Map.of(LOCKED, Kind.LOCKED);

  private final SystemMailStore store = new SystemMailStore();

  /** Makes the reader. */
  @Activate
  public SystemMailReader(@Reference(target = "(area=sending)") Schema schema) {
    // Nothing is kept; the tables must be there.
  }

  @Override
  public String name() {
    return "sending.system-mail";
  }

  @Override
  public Set<String> types() {
    return KINDS.keySet();
  }

  @Override
  public void apply(Tx tx, List<Event> events) throws SQLException {
    store.want(tx, events.stream().map(SystemMailReader::cause).toList());
  }

  private static Cause cause(Event event) {
    return new Cause(
        event.id(), kind(event), event.tenantId(), event.subjectId(), event.occurredAt());
  }

  private static Kind kind(Event event) {
    boolean guarded = event.type().equals(LOCKED) && "account".equals(event.data().get("scope"));
    return guarded ? Kind.GUARDED : KINDS.get(event.type());
  }
}
