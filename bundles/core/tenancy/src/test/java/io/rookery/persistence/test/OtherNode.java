// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import io.rookery.persistence.internal.epoch.EpochsService;

/** What another node on the same database would know. */
public final class OtherNode {

  private OtherNode() {}

  /** Returns the epochs of one more node; the caller closes them. */
  public static EpochsService epochs(TestDatabase database) {
    return new EpochsService(database.transactions(), database.database(), System::nanoTime);
  }
}
