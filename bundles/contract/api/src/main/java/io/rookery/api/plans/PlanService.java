// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

import io.rookery.kernel.TenantContext;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The plans there are. Thread-safe. */
@ProviderType
public interface PlanService {

  /** Returns the plans that are offered, by rank; to the operator all. */
  List<Plan> list(TenantContext context);

  /**
   * Makes a plan or changes one for all who have it: what they have beyond a lower limit stays,
   * more is refused. Takes hold within two seconds on every node. Leaves {@code plan.changed} in
   * the operator's log. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code validation_failed}
   */
  Plan put(TenantContext operator, Plan plan);
}
