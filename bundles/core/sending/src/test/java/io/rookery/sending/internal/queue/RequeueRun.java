// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.util.Map;
import java.util.UUID;

/** A run of the job that requeues, whose node may die. */
final class RequeueRun implements JobRun {

  private final TenantContext context;
  private final Filter filter;
  private UUID id = Uuids.next();
  private Map<String, Object> checkpoint = Map.of();
  int advancesLeft = Integer.MAX_VALUE;
  long done;
  long total;

  RequeueRun(TenantContext context, Filter filter) {
    this.context = context;
    this.filter = filter;
  }

  /** Returns a run that begins where this one has come to. */
  RequeueRun again() {
    RequeueRun next = new RequeueRun(context, filter);
    next.id = id;
    next.checkpoint = checkpoint;
    return next;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public TenantContext context() {
    return context;
  }

  @Override
  public UUID subjectId() {
    return id;
  }

  @Override
  public Map<String, Object> parameters() {
    return FilterJson.of(filter);
  }

  @Override
  public Map<String, Object> checkpoint() {
    return checkpoint;
  }

  @Override
  public void advance(Tx tx, Map<String, ?> reached, long units, long all) {
    if (advancesLeft-- == 0) {
      throw new IllegalStateException("The node dies here");
    }
    checkpoint = Map.copyOf(reached);
    done = units;
    total = all;
  }

  @Override
  public void check() {}
}
