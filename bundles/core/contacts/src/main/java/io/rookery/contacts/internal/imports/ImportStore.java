// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.ContactImport.State;
import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.contacts.ImportService.RowError;
import io.rookery.contacts.internal.store.Json;
import io.rookery.contacts.internal.store.Sql;
import io.rookery.kernel.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The imports' tables. An import that is still being uploaded is shown to nobody. */
public final class ImportStore {

  /** How long each piece of a file is but the last. */
  public static final int PIECE = 1 << 20;

  private static final String UPLOADING = "UPLOADING";
  private static final String SELECT =
      """
      select id, job_id, file_name, state, row_count, created, updated, unchanged, duplicates,
             rejected, columns::text as columns, error, created_at, finished_at
      from tenant.import where tenant_id = ? and state <> 'UPLOADING'
      """;

  /** Begins an upload. */
  void begin(Tx tx, Upload upload, Instant now) throws SQLException {
    Sql.update(
        tx,
        """
        insert into tenant.import (tenant_id, id, workspace_id, file_name, list_id, format, defaults,
          update_existing, columns, state, bytes, byte_offset, next_line, chunks, row_count, created,
          updated, unchanged, duplicates, rejected, created_at)
        values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?::jsonb, ?, 0, ?, ?, 0, 0, 0, 0, 0, 0, 0, ?)""",
        tx.context().tenantId(),
        upload.id(),
        upload.workspaceId(),
        upload.request().fileName(),
        upload.request().listId(),
        Json.write(upload.format()),
        Json.write(upload.defaults()),
        upload.request().updateExisting(),
        Json.write(upload.columns()),
        UPLOADING,
        upload.format().start(),
        upload.format().line(),
        now);
  }

  /** Adds a piece of the file. */
  void piece(Tx tx, UUID id, int number, byte[] content) throws SQLException {
    Sql.update(
        tx,
        "insert into tenant.import_chunk values (?, ?, ?, ?)",
        tx.context().tenantId(),
        id,
        number,
        content);
  }

  /** Ends an upload: from now on the import waits for its job. */
  void queue(Tx tx, UUID id, UUID job, long bytes) throws SQLException {
    Sql.update(
        tx,
        "update tenant.import set state = 'QUEUED', job_id = ?, bytes = ? where tenant_id = ? and id = ?",
        job,
        bytes,
        tx.context().tenantId(),
        id);
  }

  /** Removes an upload with all that came. */
  void discard(Tx tx, UUID id) throws SQLException {
    removeFile(tx, id);
    Sql.update(
        tx,
        "delete from tenant.import where tenant_id = ? and id = ? and state = 'UPLOADING'",
        tx.context().tenantId(),
        id);
  }

  /** Returns uploads of the tenant that began before a moment and never ended. */
  List<UUID> abandoned(Tx tx, Instant before) throws SQLException {
    return Sql.list(
        tx,
        row -> row.getObject(1, UUID.class),
        """
        select id from tenant.import
        where tenant_id = ? and state = 'UPLOADING' and created_at < ? limit 20""",
        tx.context().tenantId(),
        before);
  }

  /** Removes the file of an import. */
  void removeFile(Tx tx, UUID id) throws SQLException {
    Sql.update(
        tx,
        "delete from tenant.import_chunk where tenant_id = ? and import_id = ?",
        tx.context().tenantId(),
        id);
  }

  /** Returns a piece of the file, or empty. */
  Optional<byte[]> piece(Tx tx, UUID id, int number) throws SQLException {
    return Sql.first(
        tx,
        row -> row.getBytes(1),
        "select content from tenant.import_chunk where tenant_id = ? and import_id = ? and number = ?",
        tx.context().tenantId(),
        id,
        number);
  }

  /** Returns where an import stands, or empty. */
  Optional<Standing> standing(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx,
        ImportStore::readStanding,
        """
        select id, list_id, format::text as format, defaults::text as defaults, update_existing,
               state, bytes, byte_offset, next_line
        from tenant.import where tenant_id = ? and id = ?""",
        tx.context().tenantId(),
        id);
  }

  /**
   * Moves an import over a stretch; returns its chunk's number, or empty where it stands elsewhere.
   */
  Optional<Long> advance(Tx tx, UUID id, BlockReader.Stretch stretch, Counts counts)
      throws SQLException {
    return Sql.first(
        tx,
        row -> row.getLong(1),
        """
        update tenant.import set state = 'RUNNING', byte_offset = ?, next_line = ?,
          chunks = chunks + 1, row_count = row_count + ?, created = created + ?,
          updated = updated + ?, unchanged = unchanged + ?, duplicates = duplicates + ?,
          rejected = rejected + ?
        where tenant_id = ? and id = ? and byte_offset = ? and state in ('QUEUED', 'RUNNING')
        returning chunks""",
        stretch.end(),
        stretch.nextLine(),
        counts.rows(),
        counts.created(),
        counts.updated(),
        counts.unchanged(),
        counts.duplicates(),
        counts.rejected(),
        tx.context().tenantId(),
        id,
        stretch.start());
  }

  /** Ends an import; does nothing where it has ended. */
  void finish(Tx tx, UUID id, State state, String error, Instant now) throws SQLException {
    Sql.update(
        tx,
        """
        update tenant.import set state = ?, error = ?, finished_at = ?
        where tenant_id = ? and id = ? and state in ('QUEUED', 'RUNNING')""",
        state,
        error,
        now,
        tx.context().tenantId(),
        id);
    removeFile(tx, id);
  }

  /** Returns how many errors of an import are kept. */
  long errorCount(Tx tx, UUID id) throws SQLException {
    return Sql.first(
            tx,
            row -> row.getLong(1),
            "select count(*) from tenant.import_error where tenant_id = ? and import_id = ?",
            tx.context().tenantId(),
            id)
        .orElse(0L);
  }

  /** Keeps errors. */
  void errors(Tx tx, UUID id, List<RowError> errors) throws SQLException {
    Sql.update(
        tx,
        """
        insert into tenant.import_error (tenant_id, import_id, line, code, detail)
        select ?, ?, e.* from unnest(?, ?, ?) e on conflict do nothing""",
        tx.context().tenantId(),
        id,
        errors.stream().map(RowError::line).toArray(Long[]::new),
        errors.stream().map(RowError::code).toArray(String[]::new),
        errors.stream().map(RowError::detail).toArray(String[]::new));
  }

  /** Returns errors in file order, beyond a line. */
  public List<RowError> errors(Tx tx, UUID id, long beyond, int limit) throws SQLException {
    return Sql.list(
        tx,
        row -> new RowError(row.getLong(1), row.getString(2), row.getString(3)),
        """
        select line, code, detail from tenant.import_error
        where tenant_id = ? and import_id = ? and line > ? order by line limit ?""",
        tx.context().tenantId(),
        id,
        beyond,
        limit);
  }

  /** Returns an import, or empty. */
  public Optional<ContactImport> find(Tx tx, UUID id) throws SQLException {
    return Sql.first(tx, ImportStore::read, SELECT + " and id = ?", tx.context().tenantId(), id);
  }

  /** Returns imports, newest first, beyond an id, which may be null. */
  public List<ContactImport> list(Tx tx, UUID beyond, int limit) throws SQLException {
    return Sql.list(
        tx,
        ImportStore::read,
        SELECT + " and id < ? order by id desc limit ?",
        tx.context().tenantId(),
        beyond == null ? new UUID(-1, -1) : beyond,
        limit);
  }

  private static Standing readStanding(ResultSet row) throws SQLException {
    return new Standing(
        row.getObject("id", UUID.class),
        row.getObject("list_id", UUID.class),
        Json.read(row.getString("format"), CsvFormat.class),
        Json.object(row.getString("defaults")),
        row.getBoolean("update_existing"),
        State.valueOf(row.getString("state")),
        row.getLong("bytes"),
        row.getLong("byte_offset"),
        row.getLong("next_line"));
  }

  private static ContactImport read(ResultSet row) throws SQLException {
    return new ContactImport(
        row.getObject("id", UUID.class),
        row.getObject("job_id", UUID.class),
        row.getString("file_name"),
        State.valueOf(row.getString("state")),
        new Counts(
            row.getLong("row_count"),
            row.getLong("created"),
            row.getLong("updated"),
            row.getLong("unchanged"),
            row.getLong("duplicates"),
            row.getLong("rejected")),
        Arrays.asList(Json.read(row.getString("columns"), String[].class)),
        row.getString("error"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "finished_at"));
  }

  /** Where an import stands and how it is to be done. */
  record Standing(
      UUID id,
      UUID listId,
      CsvFormat format,
      Map<String, Object> defaults,
      boolean updateExisting,
      State state,
      long bytes,
      long offset,
      long line) {}
}
