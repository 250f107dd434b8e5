// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.domains.DomainDistrust;
import io.rookery.shell.internal.domains.DomainVerify;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID THING = new UUID(0, 7);

  @TempDir Path directory;

  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();

  @Test
  void domainRecordsShouldBeShownWithTheirVerdictsByName() throws Exception {
    DomainRecord record =
        new DomainRecord(
            RecordPurpose.SPF,
            "bounces.heron.example",
            "TXT",
            "v=spf1 -all",
            true,
            "Who sends",
            RecordVerdict.DOUBLED,
            List.of("one", "two"),
            "Merge them");
    SendingDomain domain =
        new SendingDomain(
            THING,
            new UUID(0, 2),
            "heron.example",
            SendingDomain.State.PENDING,
            "bounces.heron.example",
            "links.heron.example",
            List.of(),
            List.of(record),
            NOON,
            null,
            null,
            null,
            NOON,
            1);
    SendingDomainService domains =
        Fake.of(SendingDomainService.class)
            .on("list", it -> new Page<>(List.of(domain), null))
            .on("verify", it -> domain)
            .service();

    String shown = shell(tenants, domains).run(DomainVerify.class, "acme", "HERON.example");
    assertThat(shown).contains("spf", "doubled", "bounces.heron.example", "Merge them");
    assertThat(
            shell(tenants, domains)
                .json(DomainVerify.class, "acme", THING.toString())
                .get(0)
                .get("found")
                .get(1)
                .asText())
        .isEqualTo("two");
  }

  @Test
  void domainDistrustShouldSayWhatWasDone() throws Exception {
    Fake<DomainService> domains = Fake.of(DomainService.class).on("distrust", it -> null);
    Shell shell = shell(tenants, domains.service());

    assertThat(shell.run(DomainDistrust.class, "acme", "example.org").strip())
        .isEqualTo("No longer trusted: example.org");
    assertThat(shell.json(DomainDistrust.class, "acme", "example.org").get("trusted").asBoolean())
        .isFalse();
    assertThat(domains.calls()).containsExactly("distrust", "distrust");
  }

  private Shell shell(Object... services) {
    return new Shell(directory, services);
  }
}
