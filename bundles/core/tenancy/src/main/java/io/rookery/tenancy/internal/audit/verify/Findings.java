// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.verify;

import io.rookery.api.audit.AuditVerification.Finding;
import io.rookery.api.audit.AuditVerification.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What was found so far, neighbours of a kind as one, and no more than a reader could read. */
final class Findings {

  private static final int MOST = 1000;

  private final List<Finding> all = new ArrayList<>();

  void add(UUID tenant, Kind kind, long from, long to, String detail) {
    Finding last = all.isEmpty() ? null : all.get(all.size() - 1);
    if (last != null
        && last.tenantId().equals(tenant)
        && last.kind() == kind
        && last.to() + 1 == from
        && last.detail().equals(detail)) {
      all.set(all.size() - 1, new Finding(tenant, kind, last.from(), to, detail));
    } else if (all.size() < MOST) {
      all.add(new Finding(tenant, kind, from, to, detail));
    }
  }

  void addAll(Findings others) {
    others.all.forEach(f -> add(f.tenantId(), f.kind(), f.from(), f.to(), f.detail()));
  }

  /** Returns whether something is known to be wrong with an entry itself. */
  boolean about(UUID tenant, long seq) {
    return all.stream()
        .anyMatch(
            found ->
                found.tenantId().equals(tenant)
                    && (found.kind() == Kind.ALTERED || found.kind() == Kind.REORDERED)
                    && found.from() <= seq
                    && seq <= found.to());
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
