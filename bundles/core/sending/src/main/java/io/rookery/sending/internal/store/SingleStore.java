// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.RetryPolicy;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.single.Single;
import io.rookery.sending.internal.single.SingleContent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Messages of no campaign and what they say, in sets. */
public final class SingleStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, String>> HEADERS =
      new TypeReference<>() {};

  private static final String INSERT =
      """
      insert into tenant.message (tenant_id, id, campaign_id, content_id, contact_id, address, lane_id,
        host, priority, category, mode, state, due_at, expires_at, attempts, reply_code, detail,
        created_at, finished_at)
      select ?, u.id, null, u.id, u.contact_id, u.address, u.lane_id, u.host, u.priority, u.category, ?,
        case when u.refused is null then 'due' else 'suppressed' end, u.due_at, u.expires_at, 0, 0,
        u.refused, ?, case when u.refused is null then null else ?::timestamptz end
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::int[], ?::text[],
                  ?::timestamptz[], ?::timestamptz[], ?::text[])
        as u(id, contact_id, address, lane_id, host, priority, category, due_at, expires_at, refused)
      """;
  private static final String INSERT_CONTENT =
      """
      insert into tenant.message_content
        (tenant_id, id, from_name, reply_to, subject, html, text, headers, created_at)
      select ?, u.id, u.from_name, u.reply_to, u.subject, u.html, u.text, u.headers::jsonb, ?
      from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        as u(id, from_name, reply_to, subject, html, text, headers)
      """;
  private static final String INSERT_FILE =
      """
      insert into tenant.message_file
        (tenant_id, message_id, number, name, content_type, content_id, content)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  /** Inserts messages; of those that are sent, what they say as well. */
  public void insert(Tx tx, List<Single> messages, Instant now) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setString(2, tx.context().mode().name().toLowerCase(Locale.ROOT));
      insert.setObject(3, Rows.at(now));
      insert.setObject(4, Rows.at(now));
      Columns<Single> columns = new Columns<>(insert, 5, messages);
      columns.add("uuid", Single::id);
      columns.add("uuid", Single::contactId);
      columns.add("text", m -> m.contactId() == null ? m.to() : null);
      columns.add("uuid", m -> m.sender().mailboxId());
      columns.add("text", m -> m.sender().host());
      columns.add("int4", m -> transactional(m) ? Priority.TRANSACTIONAL : Priority.COMMERCIAL);
      columns.add("text", m -> m.category().name().toLowerCase(Locale.ROOT));
      columns.add("text", m -> m.dueAt().toString());
      columns.add("text", m -> expires(m).toString());
      columns.add("text", Single::refused);
      insert.executeUpdate();
    }
    List<Single> sent =
        messages.stream().filter(m -> m.refused() == null && m.content() != null).toList();
    if (!sent.isEmpty()) {
      insertContents(tx, sent, now);
      insertFiles(tx, sent);
    }
  }

  private static boolean transactional(Single message) {
    return message.category() == Category.TRANSACTIONAL;
  }

  private static Instant expires(Single message) {
    return message
        .dueAt()
        .plus(transactional(message) ? RetryPolicy.TRANSACTIONAL : RetryPolicy.CAMPAIGN);
  }

  private static void insertContents(Tx tx, List<Single> messages, Instant now)
      throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT_CONTENT)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, Rows.at(now));
      Columns<Single> columns = new Columns<>(insert, 3, messages);
      columns.add("uuid", Single::id);
      columns.add("text", m -> m.content().fromName());
      columns.add("text", m -> m.content().replyTo());
      columns.add("text", m -> m.content().subject());
      columns.add("text", m -> m.content().html());
      columns.add("text", m -> m.content().text());
      columns.add("text", m -> write(m.content()));
      insert.executeUpdate();
    }
  }

  private static void insertFiles(Tx tx, List<Single> messages) throws SQLException {
    // As a batch of rows, not as arrays: in an array octets are written as hexadecimal text.
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT_FILE)) {
      int count = 0;
      for (Single message : messages) {
        int number = 0;
        for (Mail.File file : message.content().files()) {
          insert.setObject(1, tx.context().tenantId());
          insert.setObject(2, message.id());
          insert.setInt(3, number++);
          insert.setString(4, file.name());
          insert.setString(5, file.contentType());
          insert.setString(6, file.contentId());
          insert.setBytes(7, file.content());
          insert.addBatch();
          count++;
        }
      }
      if (count > 0) {
        insert.executeBatch();
      }
    }
  }

  /** Returns how many octets the files of a message have together. */
  public long octets(Tx tx, UUID messageId) throws SQLException {
    String sql =
        """
        select coalesce(sum(octet_length(content)), 0) from tenant.message_file
        where tenant_id = ? and message_id = ?
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, messageId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Returns what a message says, or empty where that is no longer kept. */
  public Optional<SingleContent> content(Tx tx, UUID messageId) throws SQLException {
    String sql =
        """
        select from_name, reply_to, subject, html, text, headers::text as headers
        from tenant.message_content where tenant_id = ? and id = ?
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, messageId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new SingleContent(
                    row.getString("from_name"),
                    row.getString("reply_to"),
                    row.getString("subject"),
                    row.getString("html"),
                    row.getString("text"),
                    read(row.getString("headers")),
                    files(tx, messageId)))
            : Optional.empty();
      }
    }
  }

  private static List<Mail.File> files(Tx tx, UUID messageId) throws SQLException {
    String sql =
        """
        select name, content_type, content_id, content from tenant.message_file
        where tenant_id = ? and message_id = ? order by number
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, messageId);
      try (ResultSet row = select.executeQuery()) {
        List<Mail.File> files = new ArrayList<>();
        while (row.next()) {
          files.add(
              new Mail.File(
                  row.getString("name"),
                  row.getString("content_type"),
                  row.getString("content_id"),
                  row.getBytes("content")));
        }
        return files;
      }
    }
  }

  /** Ends a message of no campaign that is not due before a moment; returns whether it was one. */
  public boolean cancel(Tx tx, UUID id, Instant dueAfter, Instant now) throws SQLException {
    String sql =
        """
        update tenant.message set state = 'cancelled', finished_at = ?
        where tenant_id = ? and id = ? and campaign_id is null
          and state = 'due' and due_at > ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, Rows.at(now));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, id);
      update.setObject(4, Rows.at(dueAfter));
      return update.executeUpdate() == 1;
    }
  }

  private static String write(SingleContent content) {
    try {
      return JSON.writeValueAsString(content.headers());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain names and values cannot be written as JSON", e);
    }
  }

  private static LinkedHashMap<String, String> read(String headers) {
    try {
      return JSON.readValue(headers, HEADERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds headers that are no JSON", e);
    }
  }

  /** Binds columns of rows as arrays, one parameter after the other. */
  private static final class Columns<T> {
    private final PreparedStatement statement;
    private final List<T> rows;
    private int parameter;

    Columns(PreparedStatement statement, int first, List<T> rows) {
      this.statement = statement;
      this.parameter = first;
      this.rows = rows;
    }

    void add(String type, Function<T, Object> part) throws SQLException {
      Object[] values = rows.stream().map(part).toArray();
      statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
    }
  }
}
