// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.TemplateService.Template;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TemplateServiceTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("campaigns");

  private final TestClock clock = new TestClock();
  private final RecordedEvents events = new RecordedEvents();
  private TemplateServiceImpl templates;
  private TenantContext tenant;

  @BeforeEach
  void open() {
    templates =
        new TemplateServiceImpl(DATABASE.transactions(), events, FakeNeighbours.OPEN, clock);
    tenant = DATABASE.tenant();
  }

  @Test
  void createShouldKeepATemplateOncePerKey() {
    TenantContext keyed = tenant.with(new IdempotencyKey("k", "f"));
    TemplateData data = new TemplateData("Żuraw", "S {{ contact.email }}", "<p>ż</p>", "t");
    Template made = templates.create(keyed, data);
    assertThat(templates.create(keyed, data)).isEqualTo(made);
    assertThat(templates.get(tenant, made.id())).isEqualTo(made);
    assertThat(made.data()).isEqualTo(data.in(tenant.tenantId()));
  }

  @Test
  void eachWriteShouldBeInTheLog() {
    Template made = templates.create(tenant, new TemplateData("T", "s", null, "t"));
    templates.update(tenant, made.id(), new TemplateData("U", null, null, null), 0);
    templates.delete(tenant, made.id());
    assertThatThrownBy(() -> templates.delete(tenant, made.id()))
        .isInstanceOf(RookeryException.class);
    assertThat(events.of(made.id()))
        .extracting(event -> event.type() + " " + event.subjectVersion())
        .containsExactly("template.created 1", "template.updated 2", "template.deleted 3");
  }

  @Test
  void createShouldSayWhichPartDoesNotCompileAndWhere() {
    TemplateData data = new TemplateData("T", "{{ a", "<p>\n{% nope %}</p>", "{% if x %}");
    assertThatThrownBy(() -> templates.create(tenant, data))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.VALIDATION_FAILED);
              assertThat(e.errors())
                  .extracting("pointer")
                  .containsExactly("/subject", "/html", "/text");
              assertThat(e.errors().get(1).detail()).startsWith("Line 2, column 8: ");
            });
  }

  @Test
  void createShouldRefuseWhatCannotBeKeptOrSent() {
    TemplateData data = new TemplateData(" ", "a\r\nBcc: x", "\0", "\ud800");
    assertThatThrownBy(() -> templates.create(tenant, data))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors())
                    .extracting("pointer")
                    .containsExactly("/name", "/subject", "/html", "/text"));
    assertThatThrownBy(() -> templates.create(tenant, new TemplateData("n", "s", null, null)))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void updateShouldKeepWhatIsNotNamedAndMindTheVersion() {
    Template made = templates.create(tenant, new TemplateData("T", "S", "<p>h</p>", null));
    TemplateData change = new TemplateData(null, "Other", null, null);
    Template changed = templates.update(tenant, made.id(), change, 1);
    assertThat(changed.data())
        .isEqualTo(new TemplateData("T", "Other", "<p>h</p>", null, tenant.tenantId()));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(templates.get(tenant, made.id())).isEqualTo(changed);
    assertThatThrownBy(() -> templates.update(tenant, made.id(), change, 1))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code()).isEqualTo(CommonErrors.PRECONDITION_FAILED));
  }

  @Test
  void deleteShouldRemoveItOnceAndForItsTenantOnly() {
    Template made = templates.create(tenant, new TemplateData("T", "S", null, "t"));
    TenantContext other = DATABASE.tenant();
    assertThatThrownBy(() -> templates.delete(other, made.id())).hasMessageContaining("no such");
    assertThatThrownBy(() -> templates.get(other, made.id())).hasMessageContaining("no such");
    templates.delete(tenant, made.id());
    assertThatThrownBy(() -> templates.delete(tenant, made.id())).hasMessageContaining("no such");
    assertThatThrownBy(() -> templates.get(tenant, Uuids.next())).hasMessageContaining("no such");
  }

  @Test
  void listShouldPageById() {
    Template first = templates.create(tenant, new TemplateData("A", "S", null, "t"));
    Template second = templates.create(tenant, new TemplateData("B", "S", null, "t"));
    var page = templates.list(tenant, new PageRequest(1, null));
    assertThat(page.items()).containsExactly(first);
    var rest = templates.list(tenant, new PageRequest(1, page.next()));
    assertThat(rest.items()).containsExactly(second);
    assertThat(rest.next()).isNull();
  }
}
