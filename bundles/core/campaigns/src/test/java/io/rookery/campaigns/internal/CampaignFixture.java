// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The services of this bundle on a real database, and a tenant of its own. */
final class CampaignFixture {

  static final String HTML =
      "<html><body><p>Hello {{ contact.first_name | default: 'friend' }}</p>"
          + "<a href=\"https://example.org/a?x=1&amp;y=2\">Read</a></body></html>";

  final TestClock clock = new TestClock();
  final FakeNeighbours neighbours = new FakeNeighbours();
  final RecordedEvents events = new RecordedEvents();
  final TenantContext tenant;
  final TemplateServiceImpl templates;
  final CampaignServiceImpl campaigns;
  final CampaignContentsImpl contents;
  final CampaignStarter starter;

  CampaignFixture(TestDatabase database) {
    tenant = database.tenant();
    neighbours.home = tenant.tenantId();
    templates =
        new TemplateServiceImpl(
            database.transactions(), new RecordedEvents(), FakeNeighbours.OPEN, clock);
    campaigns = new CampaignServiceImpl(database.transactions(), events, neighbours.all(), clock);
    contents = new CampaignContentsImpl(database.transactions(), clock, 10);
    starter = new CampaignStarter(database.transactions(), campaigns, clock);
  }

  UUID template() {
    TemplateData data = new TemplateData("News", "Hi {{ contact.first_name }}", HTML, null);
    return templates.create(tenant, data).id();
  }

  CampaignData data(Instant startAt) {
    return new CampaignData(
        "Spring",
        template(),
        List.of(neighbours.list(3)),
        List.of(neighbours.mailbox("desk@heronry.example", "sandbox", null)),
        null,
        null,
        null,
        null,
        null,
        startAt);
  }

  Campaign draft() {
    return campaigns.create(tenant, data(null));
  }

  static CampaignData change(String name, Instant startAt) {
    return new CampaignData(name, null, null, null, null, null, null, null, null, startAt);
  }
}
