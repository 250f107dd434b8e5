// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

/**
 * Start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996) over flows that each take one unit at
 * a time: whoever waits is served in the order of {@link #start}, so that over any time flows that
 * always wait are served by their weights. A flow that was idle begins at the present and has saved
 * up nothing. Not thread-safe.
 */
final class FairClock {

  private double now;

  /** A flow's place on a clock. */
  static final class Flow {
    private double weight;
    private double finish;

    /** Makes a flow; a weight is more than 0. */
    Flow(double weight) {
      weigh(weight);
    }

    /** Changes the weight from the next unit on. */
    void weigh(double weight) {
      this.weight = Math.max(1e-3, weight);
    }

    double weight() {
      return weight;
    }
  }

  /** Returns the virtual time at which a flow's next unit starts; whoever waits has the least. */
  double start(Flow flow) {
    return Math.max(now, flow.finish);
  }

  /** Notes that a flow was served a unit. */
  void serve(Flow flow) {
    now = start(flow);
    flow.finish = now + 1 / flow.weight;
  }
}
