// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.certificates.Certificates;
import io.rookery.api.certificates.Certificates.HostCertificate;
import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.sending.DeadLinks;
import io.rookery.api.sending.DeadLinks.DeadLink;
import io.rookery.api.sending.DeadLinks.Target;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.certificates.CertificateList;
import io.rookery.shell.internal.certificates.CertificateRenew;
import io.rookery.shell.internal.links.LinkHostList;
import io.rookery.shell.internal.links.LinkKill;
import io.rookery.shell.internal.links.LinkRevive;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID THING = new UUID(0, 7);

  @TempDir Path directory;

  private final List<Object> seen = new ArrayList<>();

  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(new UUID(0, 1), (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();

  private final DeadLinks links =
      Fake.of(DeadLinks.class)
          .on("kill", it -> kill((TenantContext) it[0], (Target) it[1], (String) it[2]))
          .on("targetOf", it -> new Target(THING, 4))
          .on("revive", it -> seen.add(it[1]))
          .service();

  private DeadLink kill(TenantContext context, Target target, String reason) {
    assertThat(context.tenantId()).isEqualTo(ACME);
    assertThat(context.actor().kind()).isEqualTo(Actor.Kind.OPERATOR);
    seen.add(target);
    return new DeadLink(THING, target, reason, true, NOON);
  }

  private Shell shell(Object... services) {
    return new Shell(directory, services);
  }

  @Test
  void linksShouldBeKilledForATenantInTheOperatorsName() throws Exception {
    Shell shell = shell(tenants, links);
    String id = THING.toString();
    assertThat(shell.json(LinkKill.class, "--campaign", id, "--link", "2", "acme").path("link"))
        .hasToString("2");
    shell.run(LinkKill.class, "--campaign", id, "acme");
    shell.run(LinkKill.class, "--url", "https://links.heron.example/t/c/x", "acme");
    shell.run(LinkKill.class, "--all", "--reason", "Abuse", "acme");
    assertThat(seen)
        .containsExactly(
            new Target(THING, 2), new Target(THING, null), new Target(THING, 4), Target.ALL);
  }

  @Test
  void aKillThatDoesNotNameOneThingShouldBeRefused() {
    Shell shell = shell(tenants, links);
    assertThatThrownBy(() -> shell.run(LinkKill.class, "acme"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--campaign");
    assertThatThrownBy(() -> shell.run(LinkKill.class, "--all", "--link", "1", "acme"))
        .isInstanceOf(CommandException.class);
    assertThat(seen).isEmpty();
  }

  @Test
  void killedLinksShouldBeRevivedById() throws Exception {
    shell(tenants, links).run(LinkRevive.class, "acme", THING.toString());
    assertThat(seen).containsExactly(THING);
  }

  @Test
  void linkHostsShouldBeListedWithTheirTrouble() throws Exception {
    LinkHost host =
        new LinkHost(
            THING,
            "links.heron.example",
            THING,
            LinkHost.State.PENDING,
            null,
            null,
            "Its domain is not verified",
            NOON);
    LinkHosts hosts = Fake.of(LinkHosts.class).on("list", it -> List.of(host)).service();
    assertThat(shell(tenants, hosts).run(LinkHostList.class, "acme"))
        .contains("links.heron.example", "pending", "Its domain is not verified");
  }

  @Test
  void certificatesShouldBeListedWithWhatKeepsHostsFromOne() throws Exception {
    HostCertificate failing =
        new HostCertificate(
            "links.heron.example", null, null, null, null, "The authority refused", NOON);
    Certificates certificates =
        Fake.of(Certificates.class)
            .on("list", it -> List.of(failing))
            .on("renew", it -> seen.add(it[0]))
            .service();
    assertThat(shell(certificates).run(CertificateList.class))
        .contains("links.heron.example", "The authority refused");
    shell(certificates).run(CertificateRenew.class, "links.heron.example");
    assertThat(seen).containsExactly("links.heron.example");
  }
}
