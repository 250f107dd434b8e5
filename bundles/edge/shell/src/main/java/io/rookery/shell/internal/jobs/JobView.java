// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.jobs;

import io.rookery.jobs.Job;
import io.rookery.shell.internal.View;

/** How the shell shows a job. */
final class JobView {

  static final View<Job> FIELDS =
      View.<Job>empty()
          .column("id", Job::id)
          .column("kind", Job::kind)
          .detail("subject_id", Job::subjectId)
          .column("state", Job::state)
          .column("done", Job::done)
          .column("total", Job::total)
          .detail("result", Job::result)
          .column("error", Job::error)
          .column("created_at", Job::createdAt)
          .detail("started_at", Job::startedAt)
          .column("finished_at", Job::finishedAt);

  private JobView() {}
}
