// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as the database keeps them, so that what is answered is what is read later. */
final class Moments {

  private Moments() {}

  static Instant now(Clock clock) {
    return kept(clock.instant());
  }

  static Instant kept(Instant moment) {
    return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
  }
}
