// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.UUID;

/**
 * By what right a lane takes slots for messages of one kind: whose they are, to which server they
 * go, and whether they are urgent. Made once a turn.
 *
 * @param account the lane, whose share of the window is bounded
 * @param relay the server that its messages go to
 * @param tenant the tenant's part in the relay
 * @param window the tenant's place where the window itself is scarce
 * @param urgent whether the messages go before campaigns
 */
record Seat(UUID account, Relay relay, Relay.Tenant tenant, FairClock.Flow window, boolean urgent) {

  /** Returns the tenant's place among those that wait for the server. */
  FairClock.Flow flow() {
    return tenant.flow(urgent);
  }

  WaitingLine line() {
    return relay.line(urgent);
  }
}
