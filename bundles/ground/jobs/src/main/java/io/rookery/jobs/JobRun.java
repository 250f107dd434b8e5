// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run of a job, as its handler sees it. For the handler's own thread; {@link #advance} also for
 * one that works for it at a time and that it waits for.
 */
@ProviderType
public interface JobRun {

  /** Returns the job's id. */
  UUID id();

  /** Returns the context to work in: the tenant's, acting as whoever submitted the job. */
  TenantContext context();

  /** Returns what the job is about. */
  UUID subjectId();

  /** Returns the parameters that the job was submitted with. */
  Map<String, Object> parameters();

  /** Returns what the last committed chunk left behind; empty at the first run. */
  Map<String, Object> checkpoint();

  /**
   * Records, in the transaction of a chunk, how far the job is.
   *
   * @param checkpoint what the handler needs to go on from here
   * @throws JobCancelledException where somebody asked to stop; the chunk rolls back
   */
  void advance(Tx tx, Map<String, ?> checkpoint, long done, long total);

  /** Throws {@link JobCancelledException} where somebody asked to stop or the lease is lost. */
  void check();
}
