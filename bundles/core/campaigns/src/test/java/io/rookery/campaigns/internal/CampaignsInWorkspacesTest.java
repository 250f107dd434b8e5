// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.Campaign.State;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignsInWorkspacesTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("campaigns");

  private static final UUID SHOES = Uuids.next();
  private static final UUID HATS = Uuids.next();

  private CampaignFixture fixture;
  private CampaignServiceImpl campaigns;
  private TenantContext tenant;
  private TenantContext inShoes;

  @BeforeEach
  void open() {
    fixture = new CampaignFixture(DATABASE);
    campaigns = fixture.campaigns;
    tenant = fixture.tenant;
    inShoes = tenant.in(Set.of(SHOES));
  }

  private UUID template(UUID workspace) {
    TemplateData data = new TemplateData("News", "Hi", CampaignFixture.HTML, null, workspace);
    return fixture.templates.create(tenant, data).id();
  }

  /** A campaign whose things are all in a workspace of their own. */
  private CampaignData data(UUID workspace, UUID template, UUID list, UUID mailbox) {
    fixture.neighbours.home = list;
    UUID lists = fixture.neighbours.list(3);
    fixture.neighbours.home = mailbox;
    UUID desk = fixture.neighbours.mailbox("desk@heronry.example", "sandbox", null);
    fixture.neighbours.home = tenant.tenantId();
    return new CampaignData(
        "Spring",
        template(template),
        List.of(lists),
        List.of(desk),
        null,
        null,
        null,
        null,
        null,
        null,
        workspace);
  }

  private CampaignData data(UUID workspace) {
    return data(workspace, workspace, workspace, workspace);
  }

  private UUID place(String name) {
    return switch (name) {
      case "main" -> tenant.tenantId();
      case "shoes" -> SHOES;
      default -> HATS;
    };
  }

  private static void fails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void whatNamesNoWorkspaceShouldBeInTheMainOne() {
    assertThat(fixture.draft().data().workspaceId()).isEqualTo(tenant.tenantId());
    assertThat(fixture.templates.get(tenant, fixture.template()).data().workspaceId())
        .isEqualTo(tenant.tenantId());
  }

  /** Where a campaign is, where its things are, and what it may not use. */
  @ParameterizedTest
  @CsvSource({
    "shoes, shoes, shoes, shoes, ''",
    "shoes, main, main, main, ''",
    "main, main, main, main, ''",
    "shoes, hats, shoes, shoes, /template_id",
    "shoes, shoes, hats, shoes, /list_ids/0",
    "shoes, shoes, shoes, hats, /mailbox_ids/0",
    "main, shoes, shoes, shoes, /template_id /list_ids/0 /mailbox_ids/0",
  })
  void aCampaignShouldUseWhatIsItsOwnOrOfTheMainWorkspace(
      String campaign, String template, String list, String mailbox, String wrong) {
    CampaignData data = data(place(campaign), place(template), place(list), place(mailbox));
    if (wrong.isEmpty()) {
      Campaign made = campaigns.create(tenant, data);
      assertThat(made.data().workspaceId()).isEqualTo(place(campaign));
      assertThat(campaigns.start(tenant, made.id()).state()).isEqualTo(State.RUNNING);
      return;
    }
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> campaigns.create(tenant, data))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .allSatisfy(error -> assertThat(error.detail()).contains("another workspace"))
                    .extracting(FieldError::pointer)
                    .containsExactly(wrong.split(" ")));
  }

  @Test
  void aDraftShouldMoveWithAllThatItUses() {
    Campaign draft = campaigns.create(tenant, data(SHOES));
    CampaignData toHats = CampaignFixture.change(null, null).in(HATS);
    fails(CommonErrors.VALIDATION_FAILED, () -> campaigns.update(tenant, draft.id(), toHats, 0));
    Campaign moved = campaigns.update(tenant, draft.id(), data(HATS), draft.version());
    assertThat(moved.data().workspaceId()).isEqualTo(HATS);
    assertThat(campaigns.update(tenant, draft.id(), CampaignFixture.change("X", null), 0).data())
        .isEqualTo(campaigns.get(tenant, draft.id()).data());
    campaigns.start(tenant, draft.id());
    fails(CommonErrors.WRONG_STATE, () -> campaigns.update(tenant, draft.id(), data(SHOES), 0));
  }

  @Test
  void aScheduledCampaignShouldStayWhereItIs() {
    CampaignData later =
        CampaignRules.merged(
            data(SHOES), CampaignFixture.change(null, fixture.clock.instant().plusSeconds(3600)));
    UUID id = campaigns.create(tenant, later).id();
    assertThat(campaigns.start(tenant, id).state()).isEqualTo(State.SCHEDULED);
    fails(CommonErrors.WRONG_STATE, () -> campaigns.update(tenant, id, data(HATS), 0));
    assertThat(campaigns.update(inShoes, id, CampaignFixture.change("X", null), 0).data().name())
        .isEqualTo("X");
  }

  /** Things may be moved after a campaign has named them; the gate looks again. */
  @Test
  void whatWasMovedAwayShouldKeepACampaignFromStarting() {
    Campaign draft = campaigns.create(tenant, data(SHOES));
    assertThat(campaigns.check(tenant, draft.id())).isEmpty();
    UUID list = draft.data().listIds().get(0);
    fixture.neighbours.places.put(list, HATS);
    assertThat(campaigns.check(tenant, draft.id()))
        .extracting(GateFinding::code)
        .contains("list_unknown");
    fixture.neighbours.places.put(list, SHOES);
    fixture.templates.update(
        tenant, draft.data().templateId(), new TemplateData(null, null, null, null, HATS), 0);
    assertThat(campaigns.check(tenant, draft.id())).isNotEmpty();
    fails(CampaignErrors.GATE_REFUSED, () -> campaigns.start(tenant, draft.id()));
  }

  @Test
  void campaignsOfOtherWorkspacesShouldNotBeThere() {
    Campaign shoes = campaigns.create(tenant, data(SHOES));
    Campaign hats = campaigns.create(tenant, data(HATS));
    Campaign main = fixture.draft();
    assertThat(campaigns.list(inShoes, PageRequest.FIRST).items()).containsExactly(shoes);
    assertThat(campaigns.list(tenant.within(HATS), PageRequest.FIRST).items())
        .containsExactly(hats);
    assertThat(campaigns.get(inShoes, shoes.id())).isEqualTo(shoes);
    for (UUID other : List.of(hats.id(), main.id())) {
      List<ThrowingCallable> all =
          List.of(
              () -> campaigns.get(inShoes, other),
              () -> campaigns.update(inShoes, other, CampaignFixture.change("X", null), 0),
              () -> campaigns.check(inShoes, other),
              () -> campaigns.preview(inShoes, other, null),
              () -> campaigns.start(inShoes, other),
              () -> campaigns.pause(inShoes, other),
              () -> campaigns.resume(inShoes, other),
              () -> campaigns.complete(inShoes, other),
              () -> campaigns.cancel(inShoes, other),
              () -> campaigns.delete(inShoes, other));
      all.forEach(call -> fails(CommonErrors.NOT_FOUND, call));
    }
    assertThat(campaigns.get(tenant, hats.id())).isEqualTo(hats);
  }

  @Test
  void templatesOfOtherWorkspacesShouldNotBeThere() {
    UUID shoes = template(SHOES);
    UUID hats = template(HATS);
    assertThat(fixture.templates.list(inShoes, PageRequest.FIRST).items())
        .extracting(template -> template.id())
        .containsExactly(shoes);
    TemplateData change = new TemplateData("X", null, null, null);
    fails(CommonErrors.NOT_FOUND, () -> fixture.templates.get(inShoes, hats));
    fails(CommonErrors.NOT_FOUND, () -> fixture.templates.update(inShoes, hats, change, 0));
    fails(CommonErrors.NOT_FOUND, () -> fixture.templates.delete(inShoes, hats));
    fails(
        CommonErrors.VALIDATION_FAILED,
        () ->
            fixture.templates.update(
                inShoes, shoes, new TemplateData(null, null, null, null, HATS), 0));
    assertThat(fixture.templates.update(inShoes, shoes, change, 0).data().workspaceId())
        .isEqualTo(SHOES);
  }

  /** Whoever sees a campaign works with it, also where it uses the main workspace's things. */
  @Test
  void aCampaignThatUsesTheMainWorkspacesThingsShouldWorkForThoseWhoDoNotSeeThem() {
    UUID main = tenant.tenantId();
    Campaign draft = campaigns.create(tenant, data(SHOES, main, main, main));
    CampaignData same = CampaignRules.merged(draft.data(), CampaignFixture.change("Summer", null));
    assertThat(campaigns.update(inShoes, draft.id(), same, 0).data()).isEqualTo(same);
    assertThat(campaigns.check(inShoes, draft.id())).isEmpty();
    assertThat(campaigns.preview(inShoes, draft.id(), null).html()).contains("Hello");
    assertThat(campaigns.start(inShoes, draft.id()).state()).isEqualTo(State.RUNNING);
    assertThat(campaigns.pause(inShoes, draft.id()).state()).isEqualTo(State.PAUSED);
  }

  @Test
  void whoDoesNotSeeAThingShouldNotNameIt() {
    UUID main = tenant.tenantId();
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> campaigns.create(inShoes, data(SHOES, main, HATS, main)))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::detail)
                    .containsExactly(
                        "There is no such template",
                        "There is no such list",
                        "There is no such mailbox"));
    assertThat(campaigns.create(inShoes, data(SHOES)).data().workspaceId()).isEqualTo(SHOES);
  }

  @Test
  void aWorkspaceShouldNotBeArchivedWhileCampaignsAreAtWorkInIt() {
    CampaignsInWorkspaces use = new CampaignsInWorkspaces();
    Campaign draft = campaigns.create(tenant, data(SHOES));
    assertThat(objects(use, SHOES)).isFalse();
    campaigns.start(tenant, draft.id());
    assertThat(objects(use, SHOES)).isTrue();
    assertThat(objects(use, HATS)).isFalse();
    campaigns.pause(tenant, draft.id());
    assertThat(objects(use, SHOES)).isTrue();
    campaigns.cancel(tenant, draft.id());
    assertThat(objects(use, SHOES)).isFalse();
  }

  private boolean objects(CampaignsInWorkspaces use, UUID workspace) {
    return DATABASE.transactions().call(tenant, tx -> use.objection(tx, workspace)).isPresent();
  }
}
