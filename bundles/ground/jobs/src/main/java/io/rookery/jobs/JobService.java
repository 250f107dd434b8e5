// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's background jobs. Thread-safe. */
@ProviderType
public interface JobService {

  /**
   * Submits a job in the caller's transaction; it runs once that has committed, on any node, within
   * about a second.
   *
   * @param kind names the {@link JobHandler}
   * @param subjectId what the job is about, such as an import's id
   * @param parameters what the handler needs; no secrets and no personal data
   */
  Job submit(Tx tx, String kind, UUID subjectId, Map<String, ?> parameters);

  /** Returns a job; {@code not_found} where the tenant has no such job. */
  Job get(TenantContext context, UUID id);

  /** Returns the tenant's jobs, newest first; kind may be null for all. */
  Page<Job> list(TenantContext context, String kind, PageRequest page);

  /**
   * Asks a job to stop. A job that waits is cancelled at once, one that runs at its next
   * checkpoint; asking again changes nothing. {@code wrong_state} where it has ended otherwise. At
   * most once per idempotency key of the context.
   */
  Job cancel(TenantContext context, UUID id);

  /** Asks a job to stop in the caller's transaction; it is heard once that has committed. */
  Job cancel(Tx tx, UUID id);
}
