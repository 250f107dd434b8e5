// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.MessageContents.Content;
import io.rookery.api.campaigns.MessageContents.Written;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.campaigns.internal.content.Samples;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessageContentsTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("campaigns");

  private static final Map<String, Object> VARIABLES =
      Map.of(
          "name",
          "{{ tenant.name }}",
          "tenant",
          Map.of("name", "Heronry", "postal_address", "1 Rookery Lane"));

  private CampaignFixture fixture;
  private MessageContentsImpl contents;

  @BeforeEach
  void open() {
    fixture = new CampaignFixture(DATABASE);
    contents =
        new MessageContentsImpl(DATABASE.transactions(), fixture.neighbours.all(), fixture.clock);
  }

  @Test
  void whatIsWrittenShouldBeSentAsItIs() {
    Written written = new Written("{{ name }}", "<p>{{ name }} {% if %}</p>", null);

    RenderedMessage mail = render(contents.literal(written, Category.TRANSACTIONAL));

    assertThat(mail.subject()).isEqualTo("{{ name }}");
    assertThat(mail.html()).isEqualTo("<p>{{ name }} {% if %}</p>");
    assertThat(mail.text().strip()).isEqualTo("{{ name }} {% if %}");
  }

  @Test
  void commercialContentShouldGetWhatItMustShow() {
    Written written = new Written("Hi", "<html><body><p>Hi</p></body></html>", "Hi");

    RenderedMessage mail = render(contents.literal(written, Category.COMMERCIAL));

    for (String part : List.of(mail.html(), mail.text())) {
      assertThat(part).contains("1 Rookery Lane").contains("https://unsubscribe.example/");
    }
    assertThat(mail.html()).endsWith("</p></body></html>");
  }

  @Test
  void htmlThatIsTornShouldBeRefused() {
    assertThatThrownBy(
            () -> contents.literal(new Written("Hi", "<p class=\"x", null), Category.COMMERCIAL))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code()).isEqualTo(CampaignErrors.RENDER_FAILED));
  }

  @Test
  void aTemplateShouldShowValuesWithoutParsingThem() {
    UUID id =
        fixture
            .templates
            .create(
                fixture.tenant, new TemplateData("T", "To {{ name }}", "<p>{{ name }}</p>", null))
            .id();

    Content content = contents.template(fixture.tenant, id, Category.TRANSACTIONAL).orElseThrow();

    assertThat(render(content).html()).isEqualTo("<p>{{ tenant.name }}</p>");
    assertThat(render(content).subject()).isEqualTo("To {{ tenant.name }}");
    assertThat(contents.template(DATABASE.tenant(), id, Category.COMMERCIAL)).isEmpty();
    assertThat(contents.template(fixture.tenant, Uuids.next(), Category.COMMERCIAL)).isEmpty();
  }

  @Test
  void mailboxesShouldBeHeldToTheRulesOfCampaigns() {
    UUID caught = fixture.neighbours.mailbox("a@caught.example", "sandbox", null);
    UUID real = fixture.neighbours.mailbox("b@real.example", "smtp", null);

    assertThat(codes(caught, Category.COMMERCIAL)).isEmpty();
    assertThat(codes(real, Category.COMMERCIAL))
        .containsExactly("domain_not_verified", "unsubscribe_unreachable");
    assertThat(codes(real, Category.TRANSACTIONAL)).containsExactly("domain_not_verified");
    fixture.neighbours.transactional = false;
    assertThat(codes(caught, Category.TRANSACTIONAL))
        .containsExactly("transactional_not_permitted");
    fixture.neighbours.postalAddress = null;
    assertThat(codes(caught, Category.COMMERCIAL)).containsExactly("postal_address_missing");
    assertThat(codes(Uuids.next(), Category.COMMERCIAL)).contains("mailbox_unknown");
  }

  private List<String> codes(UUID mailbox, Category category) {
    return contents.check(fixture.tenant, mailbox, category).stream()
        .map(GateFinding::code)
        .toList();
  }

  private static RenderedMessage render(Content content) {
    return content.render(VARIABLES, Samples.LINKS);
  }
}
