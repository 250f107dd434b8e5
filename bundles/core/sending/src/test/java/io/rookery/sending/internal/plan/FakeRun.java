// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.jobs.JobRun;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.util.Map;
import java.util.UUID;

/** A job's run that keeps its checkpoint, and that can die in the middle of a chunk. */
final class FakeRun implements JobRun {

  private final TenantContext context;
  private final UUID subject;
  private Map<String, Object> checkpoint = Map.of();
  private int chunksToLive = Integer.MAX_VALUE;

  FakeRun(TenantContext context, UUID subject) {
    this.context = context;
    this.subject = subject;
  }

  /** Has the run die in the chunk after a number of them, as a killed node does. */
  FakeRun dyingAfter(int chunks) {
    chunksToLive = chunks;
    return this;
  }

  /** Returns a run that begins where this one has come to. */
  FakeRun resumed() {
    FakeRun next = new FakeRun(context, subject);
    next.checkpoint = checkpoint;
    return next;
  }

  @Override
  public UUID id() {
    return subject;
  }

  @Override
  public TenantContext context() {
    return context;
  }

  @Override
  public UUID subjectId() {
    return subject;
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of();
  }

  @Override
  public Map<String, Object> checkpoint() {
    return checkpoint;
  }

  @Override
  public void advance(Tx tx, Map<String, ?> reached, long done, long total) {
    if (chunksToLive-- == 0) {
      throw new IllegalStateException("The node dies here");
    }
    checkpoint = Map.copyOf(reached);
  }

  @Override
  public void check() {}
}
