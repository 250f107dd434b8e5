// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.throttle.Circuits;
import io.rookery.sending.internal.throttle.DeferralRules;
import io.rookery.sending.internal.throttle.DomainBudgets;
import io.rookery.sending.internal.throttle.Paces;
import io.rookery.sending.internal.throttle.ServerOf;
import io.rookery.sending.internal.throttle.ThrottleSettings;
import io.rookery.sending.internal.throttle.ThrottleStore;
import io.rookery.spi.mail.Account;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What slows the lanes of this node down or holds them: receivers' replies, domains' budgets,
 * servers that cannot be reached.
 *
 * @param paces how fast each lane may send
 * @param moved how many messages were put off since the start
 */
record Pacing(
    ThrottleSettings settings,
    Paces paces,
    DomainBudgets budgets,
    Circuits circuits,
    ThrottleStore store,
    Absences absences,
    AtomicLong moved) {

  static Pacing of(ThrottleSettings settings, Transactions transactions, Clock clock) {
    return new Pacing(
        settings,
        new Paces(DeferralRules.bundled(), clock),
        new DomainBudgets(transactions, clock),
        new Circuits(),
        new ThrottleStore(),
        new Absences(System::nanoTime),
        new AtomicLong());
  }

  /** Asks for a lane's way to its account's server. */
  Circuits.Passage passage(BackendHandle backend, Account account, LaneKey lane) {
    String server = ServerOf.account(backend.name(), account);
    return circuits.enter(new Circuits.Place(backend.name(), backend.version(), server), lane);
  }
}
