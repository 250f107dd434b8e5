// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.tenancy.ApiKey;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.EntityTx;
import io.rookery.tenancy.internal.entity.ApiKeyEntity;
import io.rookery.tenancy.internal.entity.ScopeText;
import java.util.List;
import java.util.UUID;
import javax.persistence.TypedQuery;

/** Lists of keys. */
final class KeyQueries {

  private static final String SELECT = "select k from ApiKeyEntity k where k.tenantId = :tenant";
  private static final String TEST_ONLY = " and k.mode = :mode";
  private static final String BEFORE = " and k.id < :before";
  private static final String NEWEST_FIRST = " order by k.id desc";

  /** Returns the context's keys, newest first, from before one that may be null. */
  List<ApiKey> list(EntityTx tx, UUID before, int limit) {
    boolean testOnly = tx.context().mode() == Mode.TEST;
    String text =
        SELECT + (testOnly ? TEST_ONLY : "") + (before == null ? "" : BEFORE) + NEWEST_FIRST;
    TypedQuery<ApiKeyEntity> query =
        tx.entities()
            .createQuery(text, ApiKeyEntity.class)
            .setParameter("tenant", tx.context().tenantId())
            .setMaxResults(limit);
    if (testOnly) {
      query.setParameter("mode", ScopeText.write(Mode.TEST));
    }
    if (before != null) {
      query.setParameter("before", before);
    }
    return query.getResultList().stream().map(ApiKeyEntity::toRecord).toList();
  }
}
