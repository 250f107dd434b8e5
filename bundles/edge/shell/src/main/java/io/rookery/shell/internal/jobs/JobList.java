// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.jobs;

import io.rookery.jobs.JobService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's background jobs, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "job-list",
    description = "Lists a tenant's background jobs, newest first")
public final class JobList extends TenantCommand {

  @Option(name = "--kind", description = "Only jobs of a kind")
  private String kind;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private JobService jobs;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(JobView.FIELDS, Stretch.read(limit, page -> need(jobs).list(context, kind, page)));
  }
}
