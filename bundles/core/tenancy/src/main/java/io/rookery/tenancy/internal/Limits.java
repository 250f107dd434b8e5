// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.tenancy.internal.auth.Rate;

/**
 * How often keys may ask and how many of them a node remembers.
 *
 * @param perMinute of tenants that chose no plan, or 0 for what their plan says
 */
public record Limits(
    int perMinute, int burst, int operatorPerMinute, int operatorBurst, int cachedKeys) {

  static Limits of(TenancyConfiguration configuration) {
    return new Limits(
        configuration.rate__per__minute(),
        configuration.burst(),
        configuration.operator__rate__per__minute(),
        configuration.operator__burst(),
        configuration.cached__keys());
  }

  /** Returns the rate of tenants that chose no plan, or null for what their plan says. */
  Rate rate() {
    return perMinute == 0 ? null : new Rate(perMinute, burst == 0 ? perMinute : burst);
  }
}
