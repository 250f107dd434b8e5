// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a tenant can subscribe to.
 *
 * @param code its lasting name, such as {@code starter}
 * @param name its name for people
 * @param rank its place among the others: to go to a higher one is an upgrade
 * @param offered whether tenants may choose it; the operator may always
 * @param limits how much it gives; what is missing is not limited
 * @param price what it costs, or null where it has no price
 */
public record Plan(
    String code,
    String name,
    int rank,
    boolean offered,
    Map<Entitlement, Long> limits,
    Price price) {

  /** Copies the limits. */
  public Plan {
    Objects.requireNonNull(code, "code");
    EnumMap<Entitlement, Long> copy = new EnumMap<>(Entitlement.class);
    copy.putAll(limits);
    limits = Collections.unmodifiableMap(copy);
  }

  /** Returns how much the plan gives of something, or empty where that is not limited. */
  public OptionalLong limit(Entitlement entitlement) {
    Long limit = limits.get(entitlement);
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  /**
   * What a plan costs.
   *
   * @param currency three letters (ISO 4217)
   * @param month for a month, in the currency's smallest unit, such as cents
   * @param year for a year, in the same unit
   */
  public record Price(String currency, long month, long year) {}
}
