// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.api.audit.AuditLog.Filter;
import java.time.Instant;
import java.util.UUID;
import javax.ws.rs.QueryParam;

/** Which audit entries are wanted; each parameter narrows. */
public final class AuditParams {

  @QueryParam("type")
  private String type;

  @QueryParam("actor")
  private String actor;

  @QueryParam("subject_id")
  private UUID subjectId;

  @QueryParam("outcome")
  private Outcome outcome;

  @QueryParam("from")
  private Instant from;

  @QueryParam("until")
  private Instant until;

  /** Returns the filter. */
  public Filter filter() {
    return new Filter(type, actor, subjectId, outcome, from, until);
  }
}
