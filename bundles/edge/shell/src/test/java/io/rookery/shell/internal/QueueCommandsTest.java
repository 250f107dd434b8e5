// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import io.rookery.api.sending.DeadLetters.Reason;
import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingQueue.Lane;
import io.rookery.api.sending.SendingQueue.Totals;
import io.rookery.api.sending.SendingQueue.Waiting;
import io.rookery.api.sending.SendingRates;
import io.rookery.api.sending.SendingRates.DomainRate;
import io.rookery.api.sending.SendingRates.MailboxRate;
import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.api.sending.SendingRates.Rates;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.api.sending.SendingService;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.queue.DeadLetterReasons;
import io.rookery.shell.internal.queue.DeadLetterRequeue;
import io.rookery.shell.internal.queue.QueueShow;
import io.rookery.shell.internal.queue.RateShow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID THING = new UUID(0, 7);
  private static final Tenant ACME = tenant(2, "acme");
  private static final Tenant IDLE = tenant(3, "idle");

  @TempDir Path directory;

  private final AtomicReference<Object> seen = new AtomicReference<>();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(new UUID(0, 1), (Actor) it[0]))
          .on("find", it -> Optional.of(ACME))
          .on("list", it -> new Page<>(List.of(ACME, IDLE), null))
          .service();

  private final SendingQueue queue =
      Fake.of(SendingQueue.class)
          .on("lanes", it -> new Page<>(List.of(lane()), null))
          .on("totals", it -> totals((TenantContext) it[0]))
          .service();

  private final SendingRates rates =
      Fake.of(SendingRates.class).on("rates", it -> rates((Window) it[1])).service();

  private Shell shell(Object... services) {
    return new Shell(directory, services);
  }

  @Test
  void queueShowShouldShowLanesWithoutControlCharacters() throws Exception {
    String shown = shell(tenants, queue).run(QueueShow.class, "acme");

    assertThat(shown)
        .contains(THING.toString(), "node-a", "held", "10000+")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void queueShowWithoutATenantShouldShowThoseOfWhomSomethingWaits() throws Exception {
    JsonNode json = shell(tenants, queue, rates).json(QueueShow.class);

    assertThat(json).hasSize(1);
    assertThat(json.get(0).path("tenant").asText()).isEqualTo("acme");
    assertThat(json.get(0).path("tenant_id").asText()).isEqualTo(ACME.id().toString());
    assertThat(json.get(0).path("due").asInt()).isEqualTo(3);
    assertThat(json.get(0).path("dead_letters").asInt()).isEqualTo(5);
    assertThat(json.get(0).path("accepted_last_minute").asInt()).isEqualTo(90);
    assertThat(shell(tenants, queue, rates).json(QueueShow.class, "--all")).hasSize(2);
  }

  @Test
  void rateShowShouldShowTenantMailboxesAndDomains() throws Exception {
    JsonNode json = shell(tenants, rates).json(RateShow.class, "--window", "minute", "acme");

    assertThat(json.findValuesAsText("name")).containsExactly("", THING.toString(), "x.example");
    assertThat(json.get(0).path("accepted_per_second").asDouble()).isEqualTo(1.5);
    assertThatThrownBy(() -> shell(tenants, rates).run(RateShow.class, "--window", "year", "acme"))
        .hasMessageContaining("five_minutes");
  }

  @Test
  void requeueShouldWantIdsOrWhatNarrows() {
    assertThatThrownBy(() -> shell(tenants).run(DeadLetterRequeue.class, "acme"))
        .hasMessageContaining("--all");
    assertThatThrownBy(
            () ->
                shell(tenants)
                    .run(DeadLetterRequeue.class, "--code", "452", "acme", THING.toString()))
        .hasMessageContaining("--all");
  }

  @Test
  void requeueShouldPassIdsOn() throws Exception {
    SendingService sending =
        Fake.of(SendingService.class).on("requeue", it -> ((List<?>) it[1]).size()).service();

    JsonNode json =
        shell(tenants, sending)
            .json(DeadLetterRequeue.class, "acme", THING.toString(), ACME.id().toString());

    assertThat(json.get("requeued").asInt()).isEqualTo(2);
  }

  @Test
  void requeueOfManyShouldBeAJob() throws Exception {
    JsonNode json =
        shell(tenants, letters())
            .json(
                DeadLetterRequeue.class,
                "--kind",
                "in-doubt",
                "--mailbox",
                THING.toString(),
                "--code",
                "452",
                "acme");

    assertThat(json.get("job_id").asText()).isEqualTo(THING.toString());
    assertThat(seen.get()).isEqualTo(new Filter(Kind.IN_DOUBT, null, THING, 452, null));
    shell(tenants, letters()).run(DeadLetterRequeue.class, "--all", "acme");
    assertThat(seen.get()).isEqualTo(Filter.ALL);
  }

  @Test
  void reasonsShouldBeShownWithTheirCounts() throws Exception {
    String shown = shell(tenants, letters()).run(DeadLetterReasons.class, "acme");

    assertThat(shown).contains("4.2.2", "Mailbox full", "17");
  }

  private DeadLetters letters() {
    return Fake.of(DeadLetters.class)
        .on("reasons", it -> List.of(new Reason(452, "4.2.2", "Mailbox full", 17, THING)))
        .on(
            "requeue",
            it -> {
              seen.set(it[1]);
              return THING;
            })
        .service();
  }

  private static Lane lane() {
    Waiting waiting = new Waiting(SendingQueue.COUNTED, 3, 0, NOON);
    return new Lane(THING, waiting, NOON, "node-a", "held\u001b[2J", 4, 90);
  }

  private static Totals totals(TenantContext context) {
    return context.tenantId().equals(ACME.id())
        ? new Totals(new Waiting(3, 1, 0, NOON), 1, 0, 5, 0, THING)
        : new Totals(new Waiting(0, 0, 0, null), 0, 0, 0, 0, null);
  }

  private static Rates rates(Window window) {
    Outcomes outcomes = new Outcomes(90, 2, 1, 0);
    return new Rates(
        window,
        NOON,
        outcomes,
        List.of(new MailboxRate(THING, outcomes)),
        List.of(new DomainRate("x.example", outcomes)),
        List.of());
  }

  private static Tenant tenant(int id, String slug) {
    return new Tenant(new UUID(0, id), slug, "A " + slug, null, Tenant.Status.ACTIVE, 1, NOON, 1);
  }
}
