// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Refuses what a tenant's plan does not give. */
@Component
public final class EntitlementsImpl implements Entitlements {

  private final Standings standings;

  /** Works by what tenants may make. */
  @Activate
  public EntitlementsImpl(@Reference Standings standings) {
    this.standings = standings;
  }

  /**
   * The lock comes before the limit is read and the things are counted: each statement sees what
   * others committed before it began, so also what they made while they were waited for.
   */
  @Override
  public void require(Tx tx, Entitlement entitlement, Wanted wanted) {
    try {
      standings.lock(tx, entitlement);
      Standing standing = standings.of(tx);
      Long limit = standing.limit(entitlement).orElse(null);
      if (limit == null) {
        return;
      }
      long total = wanted.total(tx);
      if (total > limit) {
        throw new RookeryException(LIMIT_REACHED, sentence(standing, entitlement, limit, total));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The limit of " + entitlement + " cannot be checked", e);
    }
  }

  private static String sentence(
      Standing standing, Entitlement entitlement, long limit, long total) {
    String who =
        standing.overridden(entitlement)
            ? "The operator's setting for this tenant (plan " + standing.plan().name() + ")"
            : "The plan " + standing.plan().name();
    return "%s allows %d %s, and this would make %d. Remove some, change to a higher plan"
            .formatted(who, limit, entitlement.things(), total)
        + " (POST /api/v1/subscription/change), or ask the operator for more";
  }
}
