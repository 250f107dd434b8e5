// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

/** How often keys may ask and how many of them a node remembers. */
record Limits(int perMinute, int burst, int operatorPerMinute, int operatorBurst, int cachedKeys) {

  static Limits of(TenancyConfiguration configuration) {
    return new Limits(
        configuration.rate__per__minute(),
        configuration.burst(),
        configuration.operator__rate__per__minute(),
        configuration.operator__burst(),
        configuration.cached__keys());
  }
}
