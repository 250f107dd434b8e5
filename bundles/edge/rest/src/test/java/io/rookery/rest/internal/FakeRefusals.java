// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.audit.RefusalRecorder;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps refusals. */
final class FakeRefusals implements RefusalRecorder {

  final List<Refusal> all = new CopyOnWriteArrayList<>();

  record Refusal(TenantContext context, UUID subjectId, String reason, String operation) {}

  @Override
  public void refused(TenantContext context, UUID subjectId, String reason, String operation) {
    all.add(new Refusal(context, subjectId, reason, operation));
  }
}
