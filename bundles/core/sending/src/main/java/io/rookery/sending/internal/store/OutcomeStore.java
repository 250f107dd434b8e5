// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Records what became of messages: one statement a block. */
public final class OutcomeStore {

  /**
   * What is to be recorded for a message; late where it was recorded as in doubt before. Nothing
   * replaces an acceptance. All else counts for the try that it is about alone, so what others have
   * ended or tried again meanwhile stays as it is.
   *
   * @param attempts how often the message had been tried before this try
   */
  public record Row(
      UUID id,
      String state,
      int attempts,
      Instant dueAt,
      int code,
      String enhancedCode,
      String detail,
      String remoteId,
      Instant at,
      boolean late) {}

  static final String RECORD =
      """
      update tenant.message m
      set state = case when u.state = 'due' and m.state = 'held' then 'held' else u.state end,
          due_at = coalesce(u.due_at, m.due_at), reply_code = u.code,
          enhanced_code = u.enhanced, detail = u.detail, remote_id = coalesce(u.remote, m.remote_id),
          attempts = m.attempts + case when u.late and m.state = 'in_doubt' then 0 else 1 end,
          finished_at = case when u.state = 'due' then null else u.at end
      from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::int[], ?::text[], ?::text[], ?::text[],
                  ?::timestamptz[], ?::boolean[], ?::int[])
        as u(id, state, due_at, code, enhanced, detail, remote, at, late, attempts)
      where m.tenant_id = ? and m.id = u.id
        and case when u.state = 'accepted' then m.state <> 'accepted'
                 when u.late and m.state = 'in_doubt' then true
                 else m.state in ('due', 'held') and m.attempts = u.attempts end
      returning m.id
      """;

  /**
   * Records a block of outcomes, each message at most once in it.
   *
   * @return the messages of which this was news. A block that is repeated, as its commit's answer
   *     was lost, brings none.
   */
  public Set<UUID> record(Tx tx, List<Row> rows) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement update = connection.prepareStatement(RECORD)) {
      update.setArray(1, connection.createArrayOf("uuid", column(rows, Row::id)));
      update.setArray(2, connection.createArrayOf("text", column(rows, Row::state)));
      update.setArray(3, connection.createArrayOf("text", column(rows, r -> text(r.dueAt()))));
      update.setArray(4, connection.createArrayOf("int4", column(rows, Row::code)));
      update.setArray(5, connection.createArrayOf("text", column(rows, Row::enhancedCode)));
      update.setArray(6, connection.createArrayOf("text", column(rows, Row::detail)));
      update.setArray(7, connection.createArrayOf("text", column(rows, Row::remoteId)));
      update.setArray(8, connection.createArrayOf("text", column(rows, r -> text(r.at()))));
      update.setArray(9, connection.createArrayOf("bool", column(rows, Row::late)));
      update.setArray(10, connection.createArrayOf("int4", column(rows, Row::attempts)));
      update.setObject(11, tx.context().tenantId());
      Set<UUID> news = new HashSet<>();
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          news.add(Rows.uuid(row, "id"));
        }
      }
      return news;
    }
  }

  private static Object[] column(List<Row> rows, Function<Row, Object> part) {
    return rows.stream().map(part).toArray();
  }

  private static String text(Instant moment) {
    return moment == null ? null : moment.toString();
  }
}
