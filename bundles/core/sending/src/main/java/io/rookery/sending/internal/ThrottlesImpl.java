// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.sending.Throttles;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.throttle.ThrottleQueries;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what slows a tenant's mail down, as the lanes have kept it. Thread-safe. */
@Component(
    service = Throttles.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class ThrottlesImpl implements Throttles {

  private final Transactions transactions;
  private final ThrottleQueries queries = new ThrottleQueries();

  /** Reads by these transactions. */
  @Activate
  public ThrottlesImpl(@Reference Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Throttle> list(TenantContext context) {
    return transactions.call(context, queries::list);
  }
}
