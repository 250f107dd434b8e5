// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A background job.
 *
 * @param id its id
 * @param kind names its handler
 * @param subjectId what it is about
 * @param state how far it is
 * @param done how many units are done
 * @param total how many units there are, or 0 while that is not known
 * @param result figures that the handler gave, by name
 * @param error what went wrong, for people, or null
 * @param createdAt when it was submitted
 * @param startedAt when it first ran, or null
 * @param finishedAt when it ended, or null
 */
public record Job(
    UUID id,
    String kind,
    UUID subjectId,
    State state,
    long done,
    long total,
    Map<String, Object> result,
    String error,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {

  /** How far a job is. */
  public enum State {
    QUEUED,
    RUNNING,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }

  /** Copies the result. */
  public Job {
    result = Map.copyOf(result);
  }
}
