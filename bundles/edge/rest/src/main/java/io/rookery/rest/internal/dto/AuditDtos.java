// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.rest.internal.json.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What is said of the audit log. */
public final class AuditDtos {

  private static final ObjectMapper MAPPER = Json.mapper();

  private AuditDtos() {}

  /** Who did what, when, from where, with what outcome. */
  @Schema(name = "AuditEntry")
  public record AuditEntryView(
      @Schema(description = "Its number in the tenant's chain, without gaps") long seq,
      UUID eventId,
      @Schema(example = "api_key.created") String type,
      UUID subjectId,
      long subjectVersion,
      Instant occurredAt,
      @Schema(description = "When it was put into the chain") Instant recordedAt,
      @Schema(example = "api_key:01900000-0000-7000-8000-000000000002") String actor,
      String requestId,
      @Schema(
              description =
                  "A network address, shell, platform, or null where it is not known or no longer kept",
              example = "203.0.113.7")
          String source,
      Outcome outcome,
      Map<String, Object> data,
      @Schema(description = "SHA-256 over the entry and the hash before it") String hash) {

    /** Shows an entry. */
    public static AuditEntryView of(AuditEntry e) {
      return new AuditEntryView(
          e.seq(),
          e.eventId(),
          e.type(),
          e.subjectId(),
          e.subjectVersion(),
          e.occurredAt(),
          e.recordedAt(),
          e.actor(),
          e.requestId(),
          e.source(),
          e.outcome(),
          data(e.data()),
          e.hash());
    }

    private static Map<String, Object> data(String json) {
      try {
        return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The data of an audit entry cannot be read", e);
      }
    }
  }
}
