// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.test.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GateTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("campaigns");

  private CampaignFixture fixture;
  private FakeNeighbours neighbours;
  private UUID id;

  @BeforeEach
  void open() {
    fixture = new CampaignFixture(DATABASE);
    neighbours = fixture.neighbours;
    id = fixture.draft().id();
  }

  private List<String> codes() {
    return fixture.campaigns.check(fixture.tenant, id).stream().map(GateFinding::code).toList();
  }

  private void change(UUID template, List<UUID> lists, List<UUID> mailboxes) {
    CampaignData data =
        new CampaignData(null, template, lists, mailboxes, null, null, null, null, null, null);
    fixture.campaigns.update(fixture.tenant, id, data, 0);
  }

  private void sendFrom(String address, String backend) {
    change(null, null, List.of(neighbours.mailbox(address, backend, null)));
  }

  @Test
  void sandboxShouldNeedNoDomain() {
    assertThat(codes()).isEmpty();
  }

  @Test
  void realMailShouldNeedAVerifiedDomainAndAReachableUnsubscribe() {
    sendFrom("desk@mail.heronry.example", "smtp");
    assertThat(codes()).containsExactly("domain_not_verified", "unsubscribe_unreachable");
    neighbours.maySend.add("mail.heronry.example");
    assertThat(codes()).containsExactly("unsubscribe_unreachable");
    neighbours.trusted.add("heronry.example");
    assertThat(codes()).isEmpty();
    neighbours.trusted.clear();
    neighbours.unreachable = null;
    assertThat(codes()).isEmpty();
  }

  @Test
  void oneRealMailboxShouldEndTheWaiver() {
    UUID caught = neighbours.mailbox("a@caught.example", "sandbox", null);
    UUID real = neighbours.mailbox("b@real.example", "smtp", null);
    change(null, null, List.of(caught, real));
    assertThat(codes()).contains("domain_not_verified", "unsubscribe_unreachable");
  }

  @Test
  void commercialMailShouldNeedAPostalAddressAndTransactionalNone() {
    neighbours.postalAddress = " ";
    assertThat(codes()).containsExactly("postal_address_missing");
    CampaignData data =
        new CampaignData(
            null, null, null, null, null, null, Category.TRANSACTIONAL, null, null, null);
    fixture.campaigns.update(fixture.tenant, id, data, 0);
    assertThat(codes()).isEmpty();
    neighbours.transactional = false;
    assertThat(codes()).containsExactly("transactional_not_permitted");
  }

  @Test
  void suspendedTenantShouldBeRefused() {
    neighbours.status = Tenant.Status.SUSPENDED;
    assertThat(codes()).containsExactly("tenant_suspended");
  }

  @Test
  void mailboxesShouldExistBeActiveAndHaveTheirBackend() {
    change(null, null, List.of());
    assertThat(codes()).containsExactly("mailbox_missing");
    UUID removed = neighbours.mailbox("gone@b.example", "sandbox", null);
    change(null, null, List.of(removed));
    neighbours.mailboxes.remove(removed);
    assertThat(codes()).containsExactly("mailbox_unknown");
    change(null, null, List.of(neighbours.mailbox("a@b.example", "sandbox", "by hand")));
    assertThat(codes()).containsExactly("mailbox_paused");
    neighbours.trusted.add("b.example");
    sendFrom("a@b.example", "gone");
    assertThat(codes()).containsExactly("backend_missing");
  }

  @Test
  void backendsShouldBeAbleToDoWhatIsNeeded() {
    neighbours.trusted.add("b.example");
    sendFrom("a@b.example", "loops");
    assertThat(codes()).containsExactly("backend_lacks_raw_mime");
    sendFrom("żuk@b.example", "smtp");
    assertThat(codes()).containsExactly("backend_lacks_international_addresses");
  }

  @Test
  void fromShouldBeAnAddress() {
    sendFrom("nobody", "sandbox");
    assertThat(codes()).containsExactly("from_invalid");
  }

  @Test
  void audienceShouldNotBeEmpty() {
    change(null, List.of(), null);
    assertThat(codes()).containsExactly("audience_empty");
    change(null, List.of(neighbours.list(0)), null);
    assertThat(codes()).containsExactly("audience_empty");
    UUID removed = neighbours.list(2);
    change(null, List.of(neighbours.list(1), removed), null);
    neighbours.lists.remove(removed);
    assertThat(codes()).containsExactly("list_unknown");
  }

  @Test
  void contentShouldBeThereWithASubjectAndRender() {
    useRemovedTemplate();
    assertThat(codes()).containsExactly("template_missing");
    change(template(" ", "x"), null, null);
    assertThat(codes()).containsExactly("subject_missing");
    String loop = "{% assign a = 'a,b,c,d,e,f,g,h,i,j,k,l' | split: ',' %}";
    String turns = "{% for x in a %}{% for y in a %}{% for z in a %}.{% endfor %}{% endfor %}";
    change(template("Hi", loop + turns + "{% endfor %}"), null, null);
    assertThat(codes()).containsExactly("template_invalid");
  }

  private void useRemovedTemplate() {
    UUID template = template("Gone", "x");
    change(template, null, null);
    fixture.templates.delete(fixture.tenant, template);
  }

  private UUID template(String subject, String text) {
    TemplateData data = new TemplateData("T", subject, null, text);
    return fixture.templates.create(fixture.tenant, data).id();
  }

  @Test
  void testCampaignsShouldStayInTheSandbox() {
    TenantContext test =
        new TenantContext(fixture.tenant.tenantId(), fixture.tenant.actor(), "r", null, Mode.TEST);
    id = fixture.campaigns.create(test, fixture.data(null)).id();
    assertThat(codes()).isEmpty();
    neighbours.trusted.add("b.example");
    sendFrom("a@b.example", "smtp");
    assertThat(codes()).containsExactly("test_mode_needs_sandbox");
  }

  @Test
  void startShouldSayEverythingThatIsLacking() {
    change(null, List.of(), List.of());
    fixture.templates.delete(
        fixture.tenant, fixture.campaigns.get(fixture.tenant, id).data().templateId());
    assertThatThrownBy(() -> fixture.campaigns.start(fixture.tenant, id))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CampaignErrors.GATE_REFUSED);
              assertThat(e.errors())
                  .extracting("pointer")
                  .containsExactly(
                      "/gate/mailbox_missing", "/gate/template_missing", "/gate/audience_empty");
            });
  }
}
