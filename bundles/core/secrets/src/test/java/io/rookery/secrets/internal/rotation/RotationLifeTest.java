// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.api.secrets.SecretRotator.Progress;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RotationLifeTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("secrets");

  private static final Order PLAIN = new Order(null, null);

  private final RotationWorld world = new RotationWorld(DATABASE);
  private final UUID secret = world.registered();

  private SecretRotation started() {
    return world.service().start(world.tenant, secret, PLAIN);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aRotationShouldReachItsGraceAtOnceAndEndWithIt() throws Exception {
    SecretRotation rotation = started();

    assertThat(rotation.state()).isEqualTo(State.GRACE);
    assertThat(rotation.retireAt()).isEqualTo(rotation.promotedAt().plus(Duration.ofHours(24)));
    assertThat(world.target.used).isEqualTo(2);
    assertThat(world.target.taken).containsExactlyInAnyOrder(1, 2);

    world.pass(Duration.ofHours(23));
    world.upkeep();
    assertThat(world.target.taken).contains(1);
    world.pass(Duration.ofMinutes(61));
    world.upkeep();

    assertThat(world.rotation(rotation.id()).state()).isEqualTo(State.DONE);
    assertThat(world.target.taken).containsExactly(2);
    assertThat(world.eventTypes())
        .containsExactly(
            "secret.rotation_started",
            "secret.rotation_prepared",
            "secret.rotation_put",
            "secret.rotation_verified",
            "secret.rotated",
            "secret.rotation_done");
  }

  @Test
  void whereOnlyOneValueWorksThereShouldBeNoGrace() {
    world.target.overlap = false;

    SecretRotation rotation = started();

    assertThat(rotation.state()).isEqualTo(State.DONE);
    assertThat(rotation.grace()).isZero();
    assertThat(world.target.taken).containsExactly(2);
  }

  @Test
  void anEmergencyShouldEndTheOldValueAtOnceAndNameItsIncident() {
    SecretRotation rotation = world.service().start(world.tenant, secret, new Order(null, "INC-7"));

    assertThat(rotation.state()).isEqualTo(State.DONE);
    assertThat(rotation.incidentId()).isEqualTo("INC-7");
    assertThat(rotation.oldVersion()).isEqualTo(1);
    assertThat(world.target.taken).containsExactly(2);
    assertThat(world.events)
        .filteredOn(event -> event.type().equals("secret.compromised"))
        .singleElement()
        .satisfies(event -> assertThat(event.data().get("incident_id")).isEqualTo("INC-7"));
    assertThat(world.events)
        .filteredOn(event -> event.type().equals("secret.alert"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.subjectId()).isEqualTo(secret);
              assertThat(event.data())
                  .isEqualTo(Map.of("reason", "emergency", "incident_id", "INC-7"));
            });
    assertThat(compromised()).isEqualTo(Map.of("smtp/" + world.subject, Map.of(1, "INC-7")));
  }

  private Map<String, Map<Integer, String>> compromised() {
    return DATABASE.transactions().call(world.tenant, tx -> new ReplacedByIncident(null).of(tx));
  }

  @Test
  void aVersionThatIsInUseAgainShouldStayCompromised() {
    world.target.fail("put", new RookeryException(CommonErrors.WRONG_STATE, "Not so"));
    SecretRotation rotation = world.service().start(world.tenant, secret, new Order(null, "INC-7"));
    assertThat(rotation.state()).isEqualTo(State.TAKEN_BACK);
    assertThat(compromised()).isEqualTo(Map.of("smtp/" + world.subject, Map.of(1, "INC-7")));
  }

  @Test
  void aVersionThatIsReplacedByPlanShouldNotBeTakenForCompromised() {
    started();
    assertThat(compromised()).isEmpty();
  }

  @Test
  void whatCannotBeAskedForShouldBeRefused() {
    for (Order wrong :
        List.of(
            new Order(Duration.ofHours(1), "INC-7"),
            new Order(null, "an incident"),
            new Order(null, ""),
            new Order(Duration.ofDays(8), null),
            new Order(Duration.ofHours(-1), null))) {
      assertFails(
          CommonErrors.VALIDATION_FAILED, () -> world.service().start(world.tenant, secret, wrong));
    }
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> world.service().start(world.tenant, UUID.randomUUID(), PLAIN));
    assertFails(
        CommonErrors.NOT_FOUND, () -> world.service().start(DATABASE.tenant(), secret, PLAIN));
    assertThat(world.events).isEmpty();
  }

  @Test
  void aTargetThatRefusesShouldHaveTheRotationTakenBack() {
    for (String step : List.of("prepare", "put", "verify", "promote")) {
      world.target.fail(step, new RookeryException(CommonErrors.WRONG_STATE, "Not so"));

      SecretRotation rotation = started();

      assertThat(rotation.state()).as(step).isEqualTo(State.TAKEN_BACK);
      assertThat(rotation.problem()).as(step).isEqualTo("Not so");
      assertThat(world.target.used).as(step).isEqualTo(1);
      assertThat(world.target.taken).as(step).containsExactly(1);
    }
  }

  @Test
  void whatIsAwayShouldDecideNothing() throws Exception {
    for (String step : List.of("prepare", "put", "verify", "promote")) {
      world.target.fail(step, RookeryException.unavailable("Sealed", Duration.ofSeconds(30), null));

      SecretRotation rotation = started();
      assertThat(rotation.problem()).as(step).isEqualTo("Sealed");
      assertThat(rotation.state().isOver()).as(step).isFalse();

      world.target.failsAt = "";
      world.pass(Duration.ofSeconds(31));
      world.upkeep();
      assertThat(world.rotation(rotation.id()).state()).as(step).isEqualTo(State.GRACE);
      world.pass(Duration.ofHours(25));
      world.upkeep();
      assertThat(world.rotation(rotation.id()).state()).as(step).isEqualTo(State.DONE);
    }
  }

  @Test
  void anOldValueThatCannotBeEndedShouldBeTriedAgain() throws Exception {
    SecretRotation rotation = started();
    world.target.fail("retire", new RookeryException(CommonErrors.WRONG_STATE, "It is away"));
    world.pass(Duration.ofHours(25));
    world.upkeep();
    assertThat(world.rotation(rotation.id()).problem()).isEqualTo("It is away");
    assertThat(world.rotation(rotation.id()).state()).isEqualTo(State.GRACE);

    world.target.failsAt = "";
    world.pass(Duration.ofMinutes(6));
    world.upkeep();
    assertThat(world.rotation(rotation.id()).state()).isEqualTo(State.DONE);
  }

  @Test
  void whatIsWaitedForShouldBeSaidAndLookedForAgain() throws Exception {
    world.target.published = Progress.waits(Duration.ofMinutes(10), "Publish the record");
    SecretRotation rotation = started();
    assertThat(rotation.state()).isEqualTo(State.PUTTING);
    assertThat(rotation.problem()).isEqualTo("Publish the record");

    world.target.published = Progress.DONE;
    world.pass(Duration.ofMinutes(9));
    world.upkeep();
    assertThat(world.rotation(rotation.id()).state()).isEqualTo(State.PUTTING);
    world.pass(Duration.ofMinutes(2));
    world.upkeep();
    assertThat(world.rotation(rotation.id()).state()).isEqualTo(State.GRACE);
  }

  @Test
  void aRotationThatWaitsShouldBeCalledOff() {
    world.target.published = Progress.waits(Duration.ofMinutes(10), "Publish the record");
    SecretRotation waiting = started();

    SecretRotation back = world.service().takeBack(world.tenant, waiting.id());

    assertThat(back.state()).isEqualTo(State.TAKEN_BACK);
    assertThat(world.target.taken).containsExactly(1);
    assertThat(world.service().takeBack(world.tenant, waiting.id()).state())
        .isEqualTo(State.TAKEN_BACK);
  }

  @Test
  void aRotationThatIsInUseShouldNotBeCalledOff() {
    SecretRotation rotation = started();
    assertFails(
        CommonErrors.WRONG_STATE, () -> world.service().takeBack(world.tenant, rotation.id()));
  }

  @Test
  void aSecretThatIsBeingRotatedShouldNotBeRotatedTwice() {
    world.target.published = Progress.waits(Duration.ofMinutes(10), "Publish the record");
    started();
    assertFails(CommonErrors.WRONG_STATE, this::started);
    assertFails(CommonErrors.WRONG_STATE, () -> world.forget(secret));
  }

  @Test
  void aRotationInItsGraceShouldEndBeforeTheNext() {
    SecretRotation first = started();

    SecretRotation second = started();

    assertThat(world.rotation(first.id()).state()).isEqualTo(State.DONE);
    assertThat(second.state()).isEqualTo(State.GRACE);
    assertThat(world.target.taken).containsExactlyInAnyOrder(2, 3);
    assertThat(world.service().list(world.tenant, PageRequest.FIRST).items())
        .extracting(SecretRotation::id)
        .containsExactly(second.id(), first.id());
  }

  @Test
  void oneKeyShouldRotateOnce() {
    TenantContext keyed = world.tenant.with(new IdempotencyKey("k1", "f"));

    SecretRotation first = world.service().start(keyed, secret, PLAIN);
    SecretRotation again = world.service().start(keyed, secret, PLAIN);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(world.target.used).isEqualTo(2);
    assertThat(world.service().list(world.tenant, PageRequest.FIRST).items()).hasSize(1);
  }

  @Test
  void aSecretShouldBeAnnouncedAWeekBeforeAndRotatedOnItsDay() throws Exception {
    world.pass(Duration.ofDays(172));
    world.upkeep();
    assertThat(world.events).isEmpty();
    world.pass(Duration.ofDays(1));
    world.upkeep();
    world.upkeep();
    assertThat(world.eventTypes()).containsExactly("secret.rotation_due");
    assertThat(due(Due.OVERDUE)).isEmpty();
    assertThat(due(Due.WITHIN_7_DAYS)).containsExactly(secret);

    world.pass(Duration.ofDays(7));
    assertThat(due(Due.OVERDUE)).containsExactly(secret);
    world.upkeep();

    assertThat(world.target.used).isEqualTo(2);
    assertThat(due(Due.WITHIN_7_DAYS)).isEmpty();
    RotatingSecret after = world.service().secret(world.tenant, secret);
    assertThat(after.dueAt()).isEqualTo(after.rotatedAt().plus(Duration.ofDays(180)));
  }

  private List<UUID> due(Due due) {
    return world.service().secrets(world.tenant, due, PageRequest.FIRST).items().stream()
        .map(RotatingSecret::id)
        .toList();
  }

  @Test
  void theDaysShouldBeSetWithinTheKindsBounds() {
    RotatingSecret set = world.service().schedule(world.tenant, secret, 30);

    assertThat(set.days()).isEqualTo(30);
    assertThat(set.dueAt()).isEqualTo(set.rotatedAt().plus(Duration.ofDays(30)));
    assertFails(
        CommonErrors.VALIDATION_FAILED, () -> world.service().schedule(world.tenant, secret, 29));
    assertFails(
        CommonErrors.VALIDATION_FAILED, () -> world.service().schedule(world.tenant, secret, 366));
  }

  @Test
  void allThatAreDueShouldBeRotatedTogether() throws Exception {
    UUID other = world.registered("smtp/" + UUID.randomUUID());
    world.service().schedule(world.tenant, other, 30);
    world.pass(Duration.ofDays(29));
    assertThat(world.service().startAll(world.tenant, Due.OVERDUE)).isZero();
    assertThat(world.service().startAll(world.tenant, Due.WITHIN_7_DAYS)).isEqualTo(1);
    assertThat(world.service().startAll(world.tenant, Due.WITHIN_7_DAYS)).isZero();
    assertThat(world.service().startAll(world.tenant, Due.ALL)).isEqualTo(1);
    world.upkeep();
    assertThat(world.service().list(world.tenant, PageRequest.FIRST).items())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.state()).isEqualTo(State.GRACE));
  }

  @Test
  void aKindThatNobodyKnowsHereShouldWait() throws Exception {
    SecretRotation begun =
        DATABASE
            .transactions()
            .call(
                world.tenant,
                tx -> {
                  RotatingSecret it =
                      world.service().records().secrets().find(tx, secret, true).orElseThrow();
                  SecretRotation row =
                      Orders.begun(it, new Order(Duration.ZERO, null), world.now(), world.now());
                  world.service().records().store().insert(tx, List.of(row));
                  return row;
                });
    new RotationUpkeep(world.service(DATABASE.transactions(), null)).run();
    assertThat(world.rotation(begun.id()).problem()).contains("fake");

    world.pass(Duration.ofSeconds(31));
    world.upkeep();
    assertThat(world.rotation(begun.id()).state()).isEqualTo(State.DONE);
  }
}
