// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.throttle.Circuits;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What slows the lanes of this node down.
 *
 * @param limits how many rates are limited, of lanes that have their turn
 * @param cuts how often a rate was cut since the start
 * @param moved how many messages were put off since the start
 * @param open the servers that cannot be reached now
 */
public record PacingFigures(int limits, long cuts, long moved, List<Circuits.Open> open) {

  static PacingFigures of(Pacing pacing, Collection<LaneRun> running) {
    return new PacingFigures(
        running.stream()
            .map(run -> run.way().pacer())
            .filter(Objects::nonNull)
            .mapToInt(Pacer::limits)
            .sum(),
        pacing.paces().cuts(),
        pacing.moved().get(),
        pacing.circuits().open());
  }
}
