// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.api.sending.MailboxStandings;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.mailboxes.MailboxRamp;
import io.rookery.shell.internal.mailboxes.MailboxShow;
import io.rookery.shell.internal.pauses.SendingPause;
import io.rookery.shell.internal.pauses.SendingPausesList;
import io.rookery.shell.internal.pauses.SendingResume;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about limits of mailboxes and pauses of sending. */
class PauseCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID THING = new UUID(0, 7);
  private static final Pause OF_TENANT =
      new Pause(THING, Scope.TENANT, null, PauseCause.PERSON, "Look into it", NOON, null);
  private static final Pause OF_DOMAIN =
      new Pause(
          new UUID(0, 8), Scope.DOMAIN, "a.example", PauseCause.BOUNCES, "60 of 1000", NOON, NOON);

  @TempDir Path directory;

  private final AtomicReference<Object> seen = new AtomicReference<>();
  private final SendingPauses pauses =
      Fake.of(SendingPauses.class)
          .on("list", it -> List.of(OF_TENANT, OF_DOMAIN))
          .on(
              "pause",
              it -> {
                seen.set(Arrays.asList(it[1], it[2], it[3]));
                return it[1] == Scope.TENANT ? OF_TENANT : OF_DOMAIN;
              })
          .on(
              "resume",
              it -> {
                seen.set(it[1]);
                return null;
              })
          .service();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(new UUID(0, 1), (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();

  @Test
  void sendingPauseShouldStopTheTenantOrOneDomain() throws Exception {
    Shell shell = new Shell(directory, tenants, pauses);

    assertThat(shell.run(SendingPause.class, "acme")).contains("Look into it");
    assertThat(seen.get()).isEqualTo(Arrays.asList(Scope.TENANT, null, "Paused by the operator"));
    JsonNode json =
        shell.json(SendingPause.class, "--domain", "a.example", "--reason", "List", "acme");
    assertThat(json.path("scope").asText()).isEqualTo("domain");
    assertThat(json.path("cause").asText()).isEqualTo("bounces");
    assertThat(seen.get()).isEqualTo(List.of(Scope.DOMAIN, "a.example", "List"));
  }

  @Test
  void sendingPausesShouldListThem() throws Exception {
    Shell shell = new Shell(directory, tenants, pauses);

    assertThat(shell.run(SendingPausesList.class, "acme"))
        .contains("tenant", "a.example", "60 of 1000", NOON.toString());
    assertThat(shell.json(SendingPausesList.class, "acme")).hasSize(2);
  }

  @Test
  void sendingResumeShouldFindThePauseThatIsMeant() throws Exception {
    Shell shell = new Shell(directory, tenants, pauses);

    assertThat(shell.run(SendingResume.class, "acme")).contains("Sending goes on");
    assertThat(seen.get()).isEqualTo(THING);
    shell.run(SendingResume.class, "--domain", "A.example", "acme");
    assertThat(seen.get()).isEqualTo(OF_DOMAIN.id());
    assertThatThrownBy(() -> shell.run(SendingResume.class, "--domain", "b.example", "acme"))
        .hasMessageContaining("no such pause");
  }

  @Test
  void mailboxRampShouldTakePlansNumbersAndNone() throws Exception {
    MailboxService mailboxes =
        Fake.of(MailboxService.class)
            .on(
                "update",
                it -> {
                  seen.set(((MailboxData) it[2]).ramp());
                  return mailbox(((MailboxData) it[2]).ramp().orElse(null));
                })
            .service();
    Shell shell = new Shell(directory, tenants, mailboxes);

    assertThat(shell.run(MailboxRamp.class, "acme", THING.toString(), "slow"))
        .contains("slow (5-300/56)");
    assertThat(seen.get()).isEqualTo(Optional.of(Ramp.SLOW));
    assertThat(shell.run(MailboxRamp.class, "acme", THING.toString(), "3-40/20"))
        .contains("3-40/20");
    shell.run(MailboxRamp.class, "acme", THING.toString(), "none");
    assertThat(seen.get()).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> shell.run(MailboxRamp.class, "acme", THING.toString(), "quick"))
        .hasMessageContaining("quick is no ramp");
  }

  @Test
  void mailboxShowShouldTellWhatMayBeSentNow() throws Exception {
    MailboxService mailboxes =
        Fake.of(MailboxService.class).on("get", it -> mailbox(Ramp.STANDARD)).service();
    MailboxStandings standings =
        Fake.of(MailboxStandings.class)
            .on("of", it -> Map.of(THING, new Standing(12, 2, 5, 1, 0.55, "domain")))
            .service();
    Shell shell = new Shell(directory, tenants, mailboxes, standings);

    JsonNode shown = shell.json(MailboxShow.class, "acme", THING.toString());
    assertThat(shown.path("limit_now").asInt()).isEqualTo(12);
    assertThat(shown.path("ramp_day").asInt()).isEqualTo(2);
    assertThat(shown.path("room").asInt()).isEqualTo(7);
    assertThat(shown.path("health").asDouble()).isEqualTo(0.55);
    assertThat(shown.path("held_by").asText()).isEqualTo("domain");
    assertThat(shown.path("ramp").asText()).isEqualTo("standard (10-500/42)");
    assertThat(shown.path("paused_until").asText()).isEqualTo(NOON.toString());
  }

  private static Mailbox mailbox(Ramp ramp) {
    return new Mailbox(
        THING,
        new UUID(0, 2),
        "a@a.example",
        null,
        "sandbox",
        Map.of(),
        Set.of(),
        50,
        0,
        MailboxData.WhenInDoubt.RESEND,
        "60 of 1000",
        PauseCause.BOUNCES,
        NOON,
        ramp,
        ramp == null ? null : NOON,
        NOON,
        1);
  }
}
