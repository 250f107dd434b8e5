// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

import io.rookery.api.audit.RefusalRecorder;
import io.rookery.api.tenancy.RefusedKeyException;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.Exchanges;
import java.util.function.Supplier;

/**
 * Has refusals of known callers noted in their tenant's audit log: a key that works no more, and
 * whatever a key may not do. Who sends no key, or one that nobody knows, has no log to be noted in.
 */
final class RefusalStep implements ProblemPostProcessor {

  private final Supplier<RefusalRecorder> recorder;

  /** Tells the recorder that the supplier gives, which is null while there is none. */
  RefusalStep(Supplier<RefusalRecorder> recorder) {
    this.recorder = recorder;
  }

  @Override
  public Problem process(Problem problem, Throwable error) {
    RefusalRecorder present = recorder.get();
    if (present == null) {
      return problem;
    }
    if (error instanceof RefusedKeyException refused) {
      present.refused(context(refused), refused.keyId(), problem.code(), Exchanges.operationName());
    } else if (problem.status() == 403) {
      Call call = Exchanges.property(Exchanges.CALL, Call.class);
      if (call != null) {
        present.refused(
            call.context(), call.caller().keyId(), problem.code(), Exchanges.operationName());
      }
    }
    return problem;
  }

  private static TenantContext context(RefusedKeyException refused) {
    Actor actor = new Actor(Actor.Kind.API_KEY, refused.keyId().toString());
    return new TenantContext(
        refused.tenantId(), actor, Exchanges.requestId(), null, Mode.LIVE, Exchanges.sourceText());
  }
}
