// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ramps of mailboxes that several pauses hold at a time. */
class RampingTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final PauseWorld world = new PauseWorld(DATABASE);
  private Mailbox ann;
  private int had;
  private int half;

  @BeforeEach
  void warm() {
    ann = world.make("Ann@a.example", Ramp.STANDARD);
    world.clock.move(Duration.ofDays(29));
    had = limit();
    half = Ramp.STANDARD.limit(Ramp.STANDARD.lastDayAtMost(had / 2));
    assertThat(half).isLessThan(had).isGreaterThan(had / 3);
  }

  @Test
  void oneExcessShouldHalveARampOnce() throws Exception {
    world.pause(ann, PauseCause.BOUNCES);
    world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES);
    world.pause(Scope.TENANT, null, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();

    assertThat(world.heldBy(ann.id())).isNull();
    assertThat(limit()).isEqualTo(half);
  }

  @Test
  void aRampShouldChangeWhenTheLastPauseForMailsEnds() throws Exception {
    world.pause(ann, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1).minusMinutes(1));
    world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES);
    world.pause(Scope.TENANT, null, PauseCause.COMPLAINTS);
    world.clock.move(Duration.ofMinutes(1));
    world.returns.run();
    assertThat(world.heldBy(ann.id())).isEqualTo("tenant");
    assertThat(day(world.clock.instant().minus(Duration.ofMinutes(1)))).isEqualTo(30);

    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    assertThat(world.pauses.list(world.context)).hasSize(1);
    world.clock.move(Duration.ofDays(2));
    world.returns.run();
    assertThat(world.heldBy(ann.id())).isNull();
    assertThat(limit()).isEqualTo(half);
  }

  @Test
  void whoeverResumesTheLastOfThemShouldHalveItOnce() {
    world.pause(ann, PauseCause.BOUNCES);
    world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES);
    world.clock.move(Duration.ofHours(3));
    Pause domain = world.pauses.list(world.context).get(0);

    world.pauses.resume(world.context, domain.id());
    assertThat(world.get(ann).rampStartedAt()).isEqualTo(ann.rampStartedAt());
    world.mailboxes.resume(world.context, ann.id());
    assertThat(limit()).isEqualTo(half);
  }

  @Test
  void aPersonsPauseThatGoesOnShouldLeaveTheRampAtHalf() throws Exception {
    Pause tenant = world.pauses.pause(world.context, Scope.TENANT, null, null);
    world.clock.move(Duration.ofDays(2));
    world.pause(ann, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    world.clock.move(Duration.ofDays(9));
    world.pauses.resume(world.context, tenant.id());

    assertThat(world.heldBy(ann.id())).isNull();
    assertThat(limit()).isEqualTo(half);
  }

  @Test
  void aRampShouldStandStillOnceWhereTwoPausesOverlap() {
    world.mailboxes.pause(world.context, ann.id(), null);
    world.clock.move(Duration.ofDays(2));
    Pause tenant = world.pauses.pause(world.context, Scope.TENANT, null, null);
    world.clock.move(Duration.ofDays(3));
    world.mailboxes.resume(world.context, ann.id());
    world.clock.move(Duration.ofDays(4));
    world.pauses.resume(world.context, tenant.id());

    assertThat(world.get(ann).rampStartedAt())
        .isEqualTo(ann.rampStartedAt().plus(Duration.ofDays(9)));
    assertThat(limit()).isEqualTo(had);
  }

  @Test
  void theNextExcessShouldHalveItAgain() throws Exception {
    world.pause(ann, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    world.pause(Scope.DOMAIN, "a.example", PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    assertThat(limit()).isBetween(had / 6, half / 2);
  }

  private int limit() {
    return world.get(ann).limitAt(world.clock.instant()).messages();
  }

  private Integer day(Instant at) {
    return world.get(ann).limitAt(at).rampDay();
  }
}
