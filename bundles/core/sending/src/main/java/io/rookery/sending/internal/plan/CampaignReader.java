// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.jobs.JobService;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Follows what becomes of campaigns: a change of state becomes a job that brings the queue in line.
 */
@Component(service = EventReader.class)
public final class CampaignReader implements EventReader {

  private final JobService jobs;

  /** Makes the reader. */
  @Activate
  public CampaignReader(
      @Reference JobService jobs, @Reference(target = "(area=sending)") Schema schema) {
    this(jobs);
  }

  CampaignReader(JobService jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "sending.campaigns";
  }

  @Override
  public Set<String> types() {
    return Set.of("campaign.started", "campaign.paused", "campaign.resumed", "campaign.cancelled");
  }

  @Override
  public void apply(Tx tx, List<Event> events) {
    for (Event event : events) {
      String kind = event.type().equals("campaign.started") ? PlanJob.KIND : FollowJob.KIND;
      jobs.submit(tx, kind, event.subjectId(), Map.of());
    }
  }
}
