// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.events.EventLog;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.alert.Alerts;
import java.time.Clock;

/** The engine of rotations for tests of rotators. */
public final class TestRotations {

  private TestRotations() {}

  /** Returns the engine as a node has it that has just started, with one rotator. */
  public static RotationService engine(
      Transactions transactions, EventLog events, Clock clock, SecretRotator rotator) {
    Rotators rotators = new Rotators();
    rotators.add(rotator);
    return new RotationServiceImpl(
        new RotationRecords(transactions, events, clock), rotators, new Alerts(events, clock));
  }

  /** Does all upkeep that is due. */
  public static void upkeep(RotationService engine) throws InterruptedException {
    new RotationUpkeep((RotationServiceImpl) engine).run();
  }
}
