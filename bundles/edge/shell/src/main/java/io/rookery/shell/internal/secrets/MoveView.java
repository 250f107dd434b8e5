// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.StoreMoves.Move;
import io.rookery.shell.internal.View;

/** How the shell shows a move of all secrets. */
final class MoveView {

  static final View<Move> FIELDS =
      View.<Move>empty()
          .column("id", Move::id)
          .column("from", Move::from)
          .column("to", Move::to)
          .column("state", Move::state)
          .column("done", Move::done)
          .column("total", Move::total)
          .column("problem", Move::problem)
          .column("started_at", Move::startedAt)
          .column("finished_at", Move::finishedAt)
          .detail("job_id", Move::jobId);

  private MoveView() {}
}
