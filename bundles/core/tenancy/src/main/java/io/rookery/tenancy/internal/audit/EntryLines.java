// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditLog.Format;
import io.rookery.api.csv.CsvLine;
import io.rookery.tenancy.internal.audit.chain.FlatJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Entries as lines of text. */
interface EntryLines {

  /** Returns what stands above all lines. */
  String header();

  /** Returns an entry as a whole line. */
  String line(AuditEntry entry);

  /** Returns the lines of a format. */
  static EntryLines of(Format format) {
    return format == Format.CSV ? new Csv() : new JsonLines();
  }

  private static Map<String, Object> fields(AuditEntry e) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", e.seq());
    fields.put("event_id", e.eventId());
    fields.put("type", e.type());
    fields.put("subject_id", e.subjectId());
    fields.put("subject_version", e.subjectVersion());
    fields.put("occurred_at", e.occurredAt());
    fields.put("recorded_at", e.recordedAt());
    fields.put("actor", e.actor());
    fields.put("request_id", e.requestId());
    fields.put("source", e.source());
    fields.put("outcome", e.outcome().name().toLowerCase(Locale.ROOT));
    fields.put("hash", e.hash());
    fields.put("data", e.data());
    return fields;
  }

  /** For people and their spreadsheets. */
  final class Csv implements EntryLines {

    private static final List<String> NAMES =
        List.of(
            "seq",
            "event_id",
            "type",
            "subject_id",
            "subject_version",
            "occurred_at",
            "recorded_at",
            "actor",
            "request_id",
            "source",
            "outcome",
            "hash",
            "data");

    @Override
    public String header() {
      return CsvLine.of(NAMES);
    }

    @Override
    public String line(AuditEntry entry) {
      return CsvLine.of(fields(entry).values());
    }
  }

  /** One object a line, for programs. */
  final class JsonLines implements EntryLines {

    @Override
    public String header() {
      return "";
    }

    @Override
    public String line(AuditEntry entry) {
      return fields(entry).entrySet().stream()
          .map(field -> FlatJson.quote(field.getKey()) + ":" + value(field))
          .collect(Collectors.joining(",", "{", "}\n"));
    }

    private static String value(Map.Entry<String, Object> field) {
      Object value = field.getValue();
      boolean bare = value == null || value instanceof Number || field.getKey().equals("data");
      return bare ? String.valueOf(value) : FlatJson.quote(value.toString());
    }
  }
}
