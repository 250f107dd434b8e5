// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * One fault at one spot.
 *
 * @param pipelining whether the server announces PIPELINING
 * @param struck which message it hits, from 0; the connection has worked before where that is not 0
 */
public record FaultCell(FaultSpot spot, Fault fault, boolean pipelining, int struck) {

  /** Returns every fault at every spot where it means something. */
  public static List<FaultCell> all() {
    List<FaultCell> cells = new ArrayList<>();
    for (FaultSpot spot : FaultSpot.values()) {
      for (Fault fault : Fault.values()) {
        for (boolean pipelining : new boolean[] {true, false}) {
          for (int struck = 0; struck <= (spot.ofSession() ? 0 : 1); struck++) {
            FaultCell cell = new FaultCell(spot, fault, pipelining, struck);
            if (FaultOracle.of(cell) != null) {
              cells.add(cell);
            }
          }
        }
      }
    }
    return cells;
  }

  /** Returns whether only time tells that something is wrong. */
  boolean isSilent() {
    boolean silent = fault == Fault.SILENT || fault == Fault.SKIP && !pipelining;
    return silent && spot != FaultSpot.QUIT;
  }

  @Override
  public String toString() {
    return "%s %s %s message %d"
        .formatted(spot, fault, pipelining ? "pipelining" : "lock-step", struck + 1);
  }
}
