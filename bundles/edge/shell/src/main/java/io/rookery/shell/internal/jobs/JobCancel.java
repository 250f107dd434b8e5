// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.jobs;

import io.rookery.jobs.JobService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Asks a background job to stop. */
@Service
@Command(scope = "rookery", name = "job-cancel", description = "Asks a background job to stop")
public final class JobCancel extends TenantCommand {

  @Argument(index = 1, name = "job", required = true, description = "The job's id")
  private String id;

  @Reference(optional = true)
  private JobService jobs;

  @Override
  protected void run(Output out) {
    out.show(JobView.FIELDS, need(jobs).cancel(context(), Arguments.id("job", id)));
  }
}
