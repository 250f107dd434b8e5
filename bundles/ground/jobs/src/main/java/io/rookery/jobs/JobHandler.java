// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs;

import io.rookery.kernel.TenantContext;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the jobs of one kind; registered as a service. A job may be begun again after its node died:
 * the handler continues from {@link JobRun#checkpoint}, which it moves in the same transaction as
 * the chunk of work that it stands for, so that each chunk takes effect once.
 */
@ConsumerType
public interface JobHandler {

  /** Returns the kind of jobs that this handler does. */
  String kind();

  /**
   * Does a job, in chunks of at most 10,000 rows a transaction.
   *
   * @return figures to show as the job's result
   * @throws JobCancelledException as thrown by {@link JobRun}, to end as cancelled
   * @throws io.rookery.kernel.RookeryException to end as failed with its detail; one of kind {@code
   *     UNAVAILABLE} has the job tried again later instead
   */
  Map<String, ?> run(JobRun run) throws InterruptedException;

  /** Tidies up after a job that was cancelled before or while it ran; does nothing by default. */
  default void cancelled(TenantContext context, UUID subjectId) {}
}
