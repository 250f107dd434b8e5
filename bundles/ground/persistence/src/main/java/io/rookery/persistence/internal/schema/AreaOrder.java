// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.util.Comparator;
import java.util.List;

/**
 * The order in which areas are migrated: calls go left in it, so views may lean on what is left.
 */
public final class AreaOrder {

  private static final List<String> CORE =
      List.of(
          "persistence",
          "events",
          "jobs",
          "secrets",
          "tenancy",
          "contacts",
          "mailboxes",
          "campaigns",
          "sending",
          "feedback",
          "webhooks",
          "analytics",
          "billing",
          "hosts");

  /** Compares the names of areas; those outside the core come last, by name. */
  public static final Comparator<String> BY_NAME =
      Comparator.<String>comparingInt(AreaOrder::rank).thenComparing(Comparator.naturalOrder());

  private AreaOrder() {}

  private static int rank(String area) {
    int index = CORE.indexOf(area);
    return index < 0 ? CORE.size() : index;
  }
}
