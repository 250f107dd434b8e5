// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingPausesImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final PauseWorld world = new PauseWorld(DATABASE);

  @Test
  void aPauseOfADomainShouldHoldItsMailboxesAndNoOthers() {
    Mailbox ann = world.make("ann@Bücher.example", null);
    Mailbox bob = world.make("bob@mail.xn--bcher-kva.example", null);
    Pause pause = world.pauses.pause(world.context, Scope.DOMAIN, "BÜCHER.example", "A blocklist");

    assertThat(pause.domain()).isEqualTo("xn--bcher-kva.example");
    assertThat(pause.cause()).isEqualTo(PauseCause.PERSON);
    assertThat(pause.until()).isNull();
    assertThat(world.pauses.list(world.context)).containsExactly(pause);
    assertThat(world.heldBy(ann.id())).isEqualTo("domain");
    assertThat(world.heldBy(bob.id())).isNull();

    world.pauses.resume(world.context, pause.id());
    world.pauses.resume(world.context, pause.id());
    assertThat(world.heldBy(ann.id())).isNull();
    assertThat(world.pauses.list(world.context)).isEmpty();
    assertThat(world.types())
        .endsWith("mailbox.created", "domain.sending_paused", "domain.sending_resumed");
    assertThat(world.events.toString()).doesNotContain("bcher");
  }

  @Test
  void aPauseOfTheTenantShouldHoldAllOfItsMailboxesAndNobodyElses() {
    Mailbox ann = world.make("ann@a.example", null);
    PauseWorld other = new PauseWorld(DATABASE);
    Mailbox bob = other.make("bob@a.example", null);
    world.pauses.pause(world.context, Scope.DOMAIN, "a.example", null);
    Pause pause = world.pauses.pause(world.context, Scope.TENANT, null, null);

    assertThat(pause.reason()).isEqualTo("Paused by hand");
    assertThat(world.heldBy(ann.id())).isEqualTo("tenant");
    assertThat(other.heldBy(bob.id())).isNull();
    assertThat(world.pauses.list(world.context))
        .extracting(Pause::scope)
        .containsExactly(Scope.TENANT, Scope.DOMAIN);
    assertThatThrownBy(() -> other.pauses.resume(other.context, pause.id()))
        .isInstanceOf(RookeryException.class)
        .hasMessageContaining("no such pause");
    assertThat(world.heldBy(ann.id())).isEqualTo("tenant");
  }

  @Test
  void anAutomaticPauseShouldEndByItselfAndBeLongerTheNextTime() throws Exception {
    Mailbox ann = world.make("ann@a.example", null);
    Instant until = world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES).orElseThrow();
    assertThat(until).isEqualTo(world.clock.instant().plus(Duration.ofHours(24)));
    assertThat(world.heldBy(ann.id())).isEqualTo("domain");
    assertThat(world.counted("domain", "a.example")).isEqualTo("always bounces");
    assertThat(world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES)).isEmpty();

    world.clock.move(Duration.ofHours(24));
    world.returns.run();
    assertThat(world.heldBy(ann.id())).isNull();
    assertThat(world.counted("domain", "a.example")).isEqualTo(until + " null");
    Instant again = world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES).orElseThrow();
    assertThat(again).isEqualTo(world.clock.instant().plus(Duration.ofHours(48)));
    assertThat(world.pause(Scope.TENANT, null, PauseCause.COMPLAINTS))
        .contains(world.clock.instant().plus(Duration.ofHours(72)));
    assertThat(world.heldBy(ann.id())).isEqualTo("tenant");
  }

  @Test
  void aRepeatShouldBeAnsweredAsTheFirstAndChangeNothing() {
    TenantContext pausing = world.context.with(new IdempotencyKey("pause", "f"));
    TenantContext resuming = world.context.with(new IdempotencyKey("resume", "f"));
    Pause first = world.pauses.pause(pausing, Scope.TENANT, null, null);
    world.pauses.resume(resuming, first.id());

    assertThat(world.pauses.pause(pausing, Scope.TENANT, null, null)).isEqualTo(first);
    assertThat(world.pauses.list(world.context)).isEmpty();
    Pause later = world.pauses.pause(world.context, Scope.TENANT, null, "Later");
    world.pauses.resume(resuming, later.id());
    assertThat(world.pauses.list(world.context)).containsExactly(later);
  }

  @Test
  void aPersonShouldTakeAnAutomaticPauseOverForGood() throws Exception {
    world.pause(Scope.TENANT, null, PauseCause.COMPLAINTS);
    Pause taken = world.pauses.pause(world.context, Scope.TENANT, null, "We look into it");
    assertThat(taken.until()).isNull();
    assertThat(world.pause(Scope.TENANT, null, PauseCause.COMPLAINTS)).isEmpty();
    world.clock.move(Duration.ofDays(90));
    world.returns.run();
    assertThat(world.pauses.list(world.context)).containsExactly(taken);
  }

  @Test
  void theRampsOfADomainShouldGoBackWithIt() throws Exception {
    Mailbox ann = world.make("ann@a.example", Ramp.STANDARD);
    Mailbox bob = world.make("bob@b.example", Ramp.STANDARD);
    world.clock.move(Duration.ofDays(30));
    world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES);
    int had = ann.limitAt(world.clock.instant()).messages();
    world.clock.move(Duration.ofDays(1));
    world.returns.run();

    int back = world.get(ann).limitAt(world.clock.instant()).messages();
    assertThat(back).isBetween(had * 4 / 10, had / 2);
    assertThat(world.get(bob)).isEqualTo(bob);
    assertThat(world.types()).contains("mailbox.updated");
  }

  @Test
  void theRampsOfATenantShouldStandStillWhileAPersonPausesIt() {
    Mailbox ann = world.make("ann@a.example", Ramp.STANDARD);
    Pause pause = world.pauses.pause(world.context, Scope.TENANT, null, null);
    world.clock.move(Duration.ofDays(8));
    world.pauses.resume(world.context, pause.id());
    assertThat(world.get(ann).rampStartedAt()).isEqualTo(world.clock.instant());
  }

  @ParameterizedTest
  @CsvSource({"DOMAIN, , /domain", "DOMAIN, no domain, /domain", "TENANT, a.example, /domain"})
  void whatNamesNothingShouldBeRefused(Scope scope, String domain, String pointer) {
    assertThatThrownBy(() -> world.pauses.pause(world.context, scope, domain, null))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.errors().get(0).pointer()).isEqualTo(pointer));
    assertThatThrownBy(() -> world.pauses.pause(world.context, Scope.TENANT, null, "a\nb"))
        .isInstanceOf(RookeryException.class);
    assertThatThrownBy(() -> world.pauses.resume(world.context, Uuids.next()))
        .isInstanceOf(RookeryException.class);
    assertThat(world.pauses.list(world.context)).isEmpty();
  }

  @Test
  void eventsShouldTellCauseAndCounts() {
    world.pause(Scope.TENANT, null, PauseCause.COMPLAINTS);
    assertThat(world.events).hasSize(1);
    assertThat(world.events.get(0).type()).isEqualTo("tenant.sending_paused");
    Instant until = world.clock.instant().plus(Duration.ofHours(72));
    assertThat(world.events.get(0).data())
        .isEqualTo(
            Map.of(
                "cause", "complaints", "sent", 1000L, "counted", 60L, "until", until.toString()));
  }
}
