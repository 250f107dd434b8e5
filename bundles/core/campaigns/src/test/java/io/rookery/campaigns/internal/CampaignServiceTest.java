// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.Campaign.State;
import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.campaigns.internal.content.Samples;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CampaignServiceTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("campaigns");

  private CampaignFixture fixture;
  private CampaignServiceImpl campaigns;
  private TenantContext tenant;

  @BeforeEach
  void open() {
    fixture = new CampaignFixture(DATABASE);
    campaigns = fixture.campaigns;
    tenant = fixture.tenant;
  }

  @Test
  void createShouldFillInDefaultsAndKeepWhatItAnswered() {
    Campaign created = fixture.draft();
    assertThat(created.data().category()).isEqualTo(Category.COMMERCIAL);
    assertThat(created.data().trackOpens()).isTrue();
    assertThat(created.state()).isEqualTo(State.DRAFT);
    assertThat(campaigns.get(tenant, created.id())).isEqualTo(created);
    assertThat(fixture.events.types(created.id())).containsExactly("campaign.created");
  }

  @Test
  void createShouldHappenOncePerIdempotencyKey() {
    TenantContext keyed = tenant.with(new IdempotencyKey("k", "f"));
    CampaignData data = fixture.data(null);
    Campaign first = campaigns.create(keyed, data);
    assertThat(campaigns.create(keyed, data)).isEqualTo(first);
    assertThat(campaigns.list(tenant, PageRequest.FIRST).items()).containsExactly(first);
  }

  @Test
  void createShouldRefuseHeaderInjectionAndThePast() {
    CampaignData bad =
        new CampaignData(
            "Na\nme",
            null,
            null,
            null,
            "Desk\r\nBcc: x@example.org",
            "a@example.org\r\nBcc: b@example.org",
            null,
            null,
            null,
            fixture.clock.instant().minusSeconds(1));
    assertThatThrownBy(() -> campaigns.create(tenant, bad))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors())
                    .extracting("pointer")
                    .containsExactly("/name", "/from_name", "/reply_to", "/start_at"));
  }

  @Test
  void namingWhatTheTenantHasNotShouldBeRefused() {
    UUID foreign = new CampaignFixture(DATABASE).template();
    CampaignData bad =
        new CampaignData(
            "Spring",
            foreign,
            List.of(fixture.neighbours.list(1), Uuids.next()),
            List.of(Uuids.next()),
            null,
            null,
            null,
            null,
            null,
            null);
    String[] pointers = {"/template_id", "/list_ids/1", "/mailbox_ids/0"};
    assertPointers(() -> campaigns.create(tenant, bad), pointers);
    assertThat(campaigns.list(tenant, PageRequest.FIRST).items()).isEmpty();
    Campaign draft = fixture.draft();
    assertPointers(() -> campaigns.update(tenant, draft.id(), bad, 0), pointers);
    assertThat(campaigns.get(tenant, draft.id())).isEqualTo(draft);
  }

  @Test
  void createShouldRepeatItsAnswerThoughWhatWasNamedIsGone() {
    TenantContext keyed = tenant.with(new IdempotencyKey("gone", "f"));
    CampaignData data = fixture.data(null);
    Campaign first = campaigns.create(keyed, data);
    fixture.templates.delete(tenant, data.templateId());
    assertThat(campaigns.create(keyed, data)).isEqualTo(first);
  }

  private static void assertPointers(ThrowingCallable work, String... pointers) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.errors()).extracting("pointer").containsExactly((Object[]) pointers));
  }

  @Test
  void startShouldFixTheContentForGood() {
    Campaign started = campaigns.start(tenant, fixture.draft().id());
    assertThat(started.state()).isEqualTo(State.RUNNING);
    fixture.templates.update(
        tenant, started.data().templateId(), new TemplateData(null, "Other", null, null), 0);
    fixture.templates.delete(tenant, started.data().templateId());
    CampaignContent content = fixture.contents.find(tenant, started.contentId()).orElseThrow();
    assertThat(content.links()).containsExactly("https://example.org/a?x=1&y=2");
    assertThat(content.campaign()).isEqualTo(started.data());
    assertThat(campaigns.preview(tenant, started.id(), null).subject()).isEqualTo("Hi Alex");
    assertThat(fixture.contents.find(tenant, started.contentId())).containsSame(content);
  }

  @Test
  void statesShouldMoveUnderRisingVersionsWithAnEventEach() {
    UUID id = fixture.draft().id();
    campaigns.start(tenant, id);
    campaigns.start(tenant, id);
    campaigns.pause(tenant, id);
    campaigns.pause(tenant, id);
    campaigns.resume(tenant, id);
    Campaign completed = campaigns.complete(tenant, id);
    assertThat(completed.finishedAt()).isEqualTo(fixture.clock.instant());
    assertThat(fixture.events.types(id))
        .containsExactly(
            "campaign.created",
            "campaign.started",
            "campaign.paused",
            "campaign.resumed",
            "campaign.completed");
    assertThat(fixture.events.of(id))
        .extracting(NewEvent::subjectVersion)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(completed.version()).isEqualTo(5);
    refused(CommonErrors.WRONG_STATE, () -> campaigns.cancel(tenant, id));
    refused(CommonErrors.WRONG_STATE, () -> campaigns.resume(tenant, id));
    refused(CommonErrors.WRONG_STATE, () -> campaigns.delete(tenant, id));
  }

  @Test
  void aRepeatOfAMoveShouldBeAnsweredAsTheFirstAndMoveNothing() {
    UUID id = fixture.draft().id();
    TenantContext starting = tenant.with(new IdempotencyKey("start", "f"));
    TenantContext resuming = tenant.with(new IdempotencyKey("resume", "f"));
    Campaign started = campaigns.start(starting, id);
    campaigns.pause(tenant, id);
    Campaign resumed = campaigns.resume(resuming, id);
    Campaign paused = campaigns.pause(tenant, id);

    assertThat(campaigns.start(starting, id)).isEqualTo(started);
    assertThat(campaigns.resume(resuming, id)).isEqualTo(resumed);
    assertThat(campaigns.get(tenant, id)).isEqualTo(paused);
  }

  @Test
  void startShouldHappenOnceHoweverManyAskAtATime() throws Exception {
    UUID id = fixture.draft().id();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Campaign>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(threads.submit(() -> campaigns.start(tenant, id)));
    }
    for (Future<Campaign> start : starts) {
      assertThat(start.get().state()).isEqualTo(State.RUNNING);
    }
    threads.shutdown();
    assertThat(fixture.events.types(id)).containsExactly("campaign.created", "campaign.started");
  }

  @Test
  void updateShouldKeepWhatIsNotNamedAndMindTheVersion() {
    Campaign draft = fixture.draft();
    Campaign renamed =
        campaigns.update(tenant, draft.id(), CampaignFixture.change("Summer", null), 1);
    assertThat(renamed.data().name()).isEqualTo("Summer");
    assertThat(renamed.data().listIds()).isEqualTo(draft.data().listIds());
    refused(
        CommonErrors.PRECONDITION_FAILED,
        () -> campaigns.update(tenant, draft.id(), CampaignFixture.change("X", null), 1));
    campaigns.start(tenant, draft.id());
    refused(
        CommonErrors.WRONG_STATE,
        () -> campaigns.update(tenant, draft.id(), CampaignFixture.change("X", null), 0));
  }

  @Test
  void scheduleShouldStartWhenItsHourHasCome() {
    Instant hour = fixture.clock.instant().plus(Duration.ofHours(1));
    UUID id = campaigns.create(tenant, fixture.data(hour)).id();
    Campaign scheduled = campaigns.start(tenant, id);
    assertThat(scheduled.state()).isEqualTo(State.SCHEDULED);
    fixture.starter.run();
    assertThat(campaigns.get(tenant, id).state()).isEqualTo(State.SCHEDULED);
    fixture.clock.forward(Duration.ofHours(1));
    fixture.neighbours.outage = RookeryException.unavailable("Away", Duration.ZERO, null);
    fixture.starter.run();
    assertThat(campaigns.get(tenant, id).state()).isEqualTo(State.SCHEDULED);
    fixture.neighbours.outage = null;
    fixture.starter.run();
    Campaign running = campaigns.get(tenant, id);
    assertThat(running.state()).isEqualTo(State.RUNNING);
    assertThat(running.startedAt()).isEqualTo(fixture.clock.instant());
    assertThat(fixture.events.types(id))
        .containsExactly("campaign.created", "campaign.scheduled", "campaign.started");
  }

  @Test
  void scheduledCampaignShouldTakeChangesAlongAndMayBeCancelled() {
    Instant hour = fixture.clock.instant().plus(Duration.ofHours(1));
    UUID id = campaigns.create(tenant, fixture.data(hour)).id();
    campaigns.start(tenant, id);
    Campaign changed =
        campaigns.update(tenant, id, CampaignFixture.change("Later", hour.plusSeconds(60)), 0);
    assertThat(changed.state()).isEqualTo(State.SCHEDULED);
    CampaignContent content = fixture.contents.find(tenant, changed.contentId()).orElseThrow();
    assertThat(content.campaign().name()).isEqualTo("Later");
    assertThat(campaigns.cancel(tenant, id).state()).isEqualTo(State.CANCELLED);
    fixture.clock.forward(Duration.ofHours(2));
    fixture.starter.run();
    assertThat(campaigns.get(tenant, id).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void scheduledCampaignThatTheGateRefusesShouldBecomeADraft() {
    Instant hour = fixture.clock.instant().plus(Duration.ofHours(1));
    UUID id = campaigns.create(tenant, fixture.data(hour)).id();
    campaigns.start(tenant, id);
    fixture.neighbours.postalAddress = null;
    fixture.clock.forward(Duration.ofHours(1));
    fixture.starter.run();
    assertThat(campaigns.get(tenant, id).state()).isEqualTo(State.DRAFT);
    assertThat(fixture.events.types(id)).endsWith("campaign.start_refused");
  }

  @Test
  void otherTenantsShouldSeeNothing() {
    Campaign started = campaigns.start(tenant, fixture.draft().id());
    TenantContext other = DATABASE.tenant();
    refused(CommonErrors.NOT_FOUND, () -> campaigns.get(other, started.id()));
    refused(CommonErrors.NOT_FOUND, () -> campaigns.pause(other, started.id()));
    refused(CommonErrors.NOT_FOUND, () -> campaigns.start(other, started.id()));
    refused(CommonErrors.NOT_FOUND, () -> fixture.contents.draft(other, started.id()));
    fixture.contents.find(tenant, started.contentId());
    assertThat(fixture.contents.find(other, started.contentId())).isEmpty();
    assertThat(campaigns.list(other, PageRequest.FIRST).items()).isEmpty();
  }

  @Test
  void testKeysShouldSeeTestCampaignsOnly() {
    Campaign live = fixture.draft();
    TenantContext test = new TenantContext(tenant.tenantId(), tenant.actor(), "r", null, Mode.TEST);
    Campaign made = campaigns.create(test, fixture.data(null));
    assertThat(made.mode()).isEqualTo(Mode.TEST);
    refused(CommonErrors.NOT_FOUND, () -> campaigns.get(test, live.id()));
    assertThat(campaigns.list(test, PageRequest.FIRST).items()).containsExactly(made);
    assertThat(campaigns.list(tenant, PageRequest.FIRST).items()).containsExactly(made, live);
  }

  @Test
  void listShouldPageNewestFirstAndRefuseForeignCursors() {
    List<Campaign> made = List.of(fixture.draft(), fixture.draft(), fixture.draft());
    Page<Campaign> first = campaigns.list(tenant, new PageRequest(2, null));
    assertThat(first.items()).containsExactly(made.get(2), made.get(1));
    Page<Campaign> second = campaigns.list(tenant, new PageRequest(2, first.next()));
    assertThat(second.items()).containsExactly(made.get(0));
    assertThat(second.next()).isNull();
    for (String cursor : List.of("x", "!", "'; drop", "AAAA")) {
      refused(
          CommonErrors.INVALID_REQUEST, () -> campaigns.list(tenant, new PageRequest(2, cursor)));
    }
  }

  @Test
  void previewShouldShowAContactAndEscapeWhatItSays() {
    UUID id = fixture.draft().id();
    UUID contact = fixture.neighbours.contact("<b>Ada</b>\r\nBcc: x");
    var message = campaigns.preview(tenant, id, contact);
    assertThat(message.subject()).isEqualTo("Hi <b>Ada</b> Bcc: x");
    assertThat(message.html())
        .contains("&lt;b&gt;Ada&lt;/b&gt;", Samples.LINKS.unsubscribe(), "1 Rookery Lane");
    assertThat(message.text()).contains("Hello <b>Ada</b>", Samples.LINKS.unsubscribe());
    refused(CommonErrors.NOT_FOUND, () -> campaigns.preview(tenant, id, Uuids.next()));
  }

  @Test
  void platformShouldSeeWhenAndNothingElse() throws SQLException {
    try (Connection system = DATABASE.asSystem();
        var statement = system.createStatement()) {
      statement.execute("select tenant_id, id, state, start_at from tenant.campaign");
      assertThatThrownBy(() -> statement.execute("select name from tenant.campaign"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("select id from tenant.campaign_content"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void contentShouldNotBeRewrittenAndTheViewShouldObeyRowSecurity() throws SQLException {
    Campaign started = campaigns.start(tenant, fixture.draft().id());
    String running = "select campaign_id from tenant.campaigns_running_v1";
    try (Connection own = DATABASE.asApp(tenant);
        var statement = own.createStatement()) {
      assertThatThrownBy(
              () -> statement.execute("update tenant.campaign_content set subject = 'x'"))
          .isInstanceOf(SQLException.class);
      try (var row = statement.executeQuery(running)) {
        assertThat(row.next()).isTrue();
        assertThat(row.getObject(1, UUID.class)).isEqualTo(started.id());
      }
    }
    try (Connection other = DATABASE.asApp(DATABASE.tenant());
        var statement = other.createStatement();
        var row = statement.executeQuery(running)) {
      assertThat(row.next()).isFalse();
    }
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RookeryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
