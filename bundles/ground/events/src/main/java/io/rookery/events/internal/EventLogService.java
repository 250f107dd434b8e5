// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import io.rookery.events.EventLog;
import io.rookery.events.EventSources;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Appends through the caller's transaction, whose id the log takes as the order of its events. */
@Component
public final class EventLogService implements EventLog {

  private static final String APPEND =
      """
      insert into tenant.event (tenant_id, id, incarnation, type, subject_id, subject_version,
        occurred_at, actor, request_id, data)
      select ?, e.id, ?, e.type, e.subject_id, e.subject_version,
        e.occurred_at::timestamptz, ?, ?, e.data::jsonb
      from unnest(?::uuid[], ?::text[], ?::uuid[], ?::bigint[],
        ?::text[], ?::text[]) as e (id, type, subject_id, subject_version, occurred_at, data)""";

  private final EventJson json = new EventJson();
  private final IntSupplier incarnation;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile EventSources sources;

  /** Appends once the log has its partitions. */
  @Activate
  public EventLogService(@Reference LogUpkeep upkeep) {
    this(upkeep::incarnation, null);
  }

  /**
   * Appends to a log that is in a given incarnation.
   *
   * @param sources whoever keeps them is told, or null
   */
  public EventLogService(IntSupplier incarnation, EventSources sources) {
    this.incarnation = incarnation;
    this.sources = sources;
  }

  @Override
  public void append(Tx tx, List<NewEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    TenantContext context = tx.context();
    Connection connection = tx.connection();
    UUID[] ids = Stream.generate(Uuids::next).limit(events.size()).toArray(UUID[]::new);
    try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setObject(1, context.tenantId());
      statement.setInt(2, incarnation.getAsInt());
      statement.setString(3, name(context.actor()));
      statement.setString(4, context.requestId());
      statement.setArray(5, connection.createArrayOf("uuid", ids));
      array(statement, 6, "text", events, NewEvent::type);
      array(statement, 7, "uuid", events, NewEvent::subjectId);
      array(statement, 8, "bigint", events, NewEvent::subjectVersion);
      array(statement, 9, "text", events, event -> event.occurredAt().toString());
      array(statement, 10, "text", events, event -> json.write(event.data()));
      statement.executeUpdate();
      EventSources keeper = sources;
      if (keeper != null && context.source() != null) {
        keeper.keep(tx, List.of(ids));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("An event cannot be recorded", e);
    }
  }

  private static void array(
      PreparedStatement statement,
      int index,
      String type,
      List<NewEvent> events,
      Function<NewEvent, Object> value)
      throws SQLException {
    Object[] values = events.stream().map(value).toArray();
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }

  private static String name(Actor actor) {
    return actor.kind().name().toLowerCase(Locale.ROOT) + ":" + actor.id();
  }
}
