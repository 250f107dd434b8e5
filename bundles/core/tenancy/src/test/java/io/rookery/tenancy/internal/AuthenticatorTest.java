// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.ALL;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.internal.epoch.EpochsService;
import io.rookery.persistence.test.OtherNode;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.KeyText;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthenticatorTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private Tenant owner;
  private TenantContext tenant;
  private EpochsService otherEpochs;
  private AuthenticatorImpl here;
  private AuthenticatorImpl elsewhere;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    owner = world.newTenant();
    tenant = World.context(owner);
    otherEpochs = OtherNode.epochs(DATABASE);
    here = world.authenticator(DATABASE.epochs());
    elsewhere = world.authenticator(otherEpochs);
  }

  @AfterEach
  void end() {
    here.close();
    elsewhere.close();
    otherEpochs.close();
  }

  private static void assertRefused(AuthenticatorImpl authenticator, Secret key) {
    assertRefused(authenticator, key, null);
  }

  private static void assertRefused(
      AuthenticatorImpl authenticator, Secret key, InetAddress source) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> authenticator.authenticate(key, source))
        .withMessage("The API key is missing, broken, expired or revoked")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonErrors.UNAUTHENTICATED));
  }

  private static boolean refused(AuthenticatorImpl authenticator, Secret key) {
    try {
      authenticator.authenticate(key);
      return false;
    } catch (RookeryException e) {
      return e.code().equals(CommonErrors.UNAUTHENTICATED);
    }
  }

  /** Waits for a condition and returns how long that took. */
  private static Duration await(BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > Duration.ofSeconds(10).toNanos()) {
        throw new AssertionError("It never came true");
      }
      Thread.onSpinWait();
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void keyShouldTellItsCaller() {
    CreatedKey made = world.newKey(tenant, Scope.CONTACTS, Scope.MAIL_SEND);
    Caller caller = here.authenticate(made.secret());
    assertThat(caller)
        .isEqualTo(
            new Caller(
                owner.id(),
                made.id(),
                Set.of(Scope.CONTACTS, Scope.MAIL_SEND),
                Mode.LIVE,
                false,
                false));
    assertThat(caller.may(Scope.CONTACTS_READ)).isTrue();
    assertThat(here.authenticate(made.secret())).isEqualTo(caller);
    assertThat(elsewhere.authenticate(made.secret())).isEqualTo(caller);
  }

  @Test
  void operatorsAndTestKeysShouldBeTold() {
    CreatedKey operators = world.keys.create(world.asOperator, key(Mode.LIVE, Scope.ADMIN), ALL);
    assertThat(here.authenticate(operators.secret()).operator()).isTrue();
    CreatedKey test = world.keys.create(tenant, key(Mode.TEST, Scope.CONTACTS), ALL);
    assertThat(here.authenticate(test.secret()).mode()).isEqualTo(Mode.TEST);
  }

  @Test
  void everyWrongKeyShouldGetTheSameWords() {
    String good = world.newKey(tenant, Scope.CONTACTS).secret().reveal();
    char last = good.charAt(good.length() - 1);
    String wrongCheck = good.substring(0, good.length() - 1) + (last == 'x' ? 'y' : 'x');
    for (String wrong :
        List.of(
            "",
            "rky_live_",
            wrongCheck,
            good + "x",
            good.replace("live", "test"),
            " " + good,
            KeyText.create(Mode.LIVE))) {
      assertRefused(here, Secret.of(wrong));
    }
  }

  @Test
  void malformedKeyShouldNotReachTheDatabase() {
    Epochs none = new NoEpochs();
    AuthenticatorImpl blind =
        new AuthenticatorImpl(
            new AuthenticatorImpl.Neighbours(
                null, none, world.peppers, world.operator, world.standings),
            World.limits(),
            world.clock,
            System::nanoTime);
    assertRefused(blind, Secret.of("rky_live_" + "A".repeat(38)));
  }

  @Test
  void warmCheckShouldNotTouchTheDatabase() {
    CountingTransactions counting = new CountingTransactions(world.transactions);
    AuthenticatorImpl counted =
        new AuthenticatorImpl(
            new AuthenticatorImpl.Neighbours(
                counting, DATABASE.epochs(), world.peppers, world.operator, world.standings),
            World.limits(),
            world.clock,
            System::nanoTime);
    Secret secret = world.newKey(tenant, Scope.CONTACTS).secret();
    counted.admit(counted.authenticate(secret));
    int cold = counting.calls();
    assertThat(cold).isPositive();
    for (int i = 0; i < 400; i++) {
      Caller caller = counted.authenticate(secret);
      assertThat(counted.admit(caller).admitted()).isTrue();
      counted.count(caller, "listContacts");
    }
    assertThat(counting.calls()).isEqualTo(cold);
  }

  @Test
  void expiredKeyShouldBeRefusedWarmAndCold() {
    Instant end = world.clock.instant().plusSeconds(10);
    CreatedKey made =
        world.keys.create(tenant, new NewApiKey("x", Set.of(Scope.CONTACTS), Mode.LIVE, end), ALL);
    here.authenticate(made.secret());
    world.clock.move(Duration.ofSeconds(10));
    assertRefused(here, made.secret());
    assertRefused(elsewhere, made.secret());
  }

  @Test
  void keyShouldOpenFromItsAddressesOnly() {
    Secret bound = boundTo("192.0.2.0/24", "2001:db8::/32").secret();
    for (AuthenticatorImpl node : List.of(here, elsewhere)) {
      assertThat(node.authenticate(bound, address("192.0.2.200")).tenantId()).isEqualTo(owner.id());
      assertThat(node.authenticate(bound, address("2001:db8::9")).tenantId()).isEqualTo(owner.id());
      for (String other : List.of("192.0.3.1", "::1", "2001:db9::1")) {
        assertRefused(node, bound, address(other));
      }
      assertRefused(node, bound, null);
    }
  }

  @Test
  void keyRefusedForItsAddressShouldNotCountAsUsed() {
    CreatedKey bound = boundTo("192.0.2.1");
    assertRefused(here, bound.secret(), address("192.0.2.2"));
    here.tidy();
    assertThat(world.keys.get(tenant, bound.id()).lastUsedAt()).isNull();
  }

  private CreatedKey boundTo(String... ranges) {
    NewApiKey wanted = new NewApiKey("x", Set.of(Scope.CONTACTS), Mode.LIVE, null, List.of(ranges));
    return world.keys.create(tenant, wanted, ALL);
  }

  private static InetAddress address(String text) {
    return AddressRange.address(text).orElseThrow();
  }

  @Test
  void rotatedKeyShouldWorkOnForTheGraceTime() {
    CreatedKey old = world.newKey(tenant, Scope.CONTACTS);
    here.authenticate(old.secret());
    CreatedKey next = world.keys.rotate(tenant, old.id(), Duration.ofHours(1));
    assertThat(here.authenticate(next.secret()).keyId()).isEqualTo(next.id());
    world.clock.move(Duration.ofMinutes(59));
    assertThat(here.authenticate(old.secret()).keyId()).isEqualTo(old.id());
    world.clock.move(Duration.ofMinutes(1));
    assertRefused(here, old.secret());
    assertThat(here.authenticate(next.secret()).keyId()).isEqualTo(next.id());
  }

  @Test
  void rotationWithoutGraceShouldEndTheOldKeyElsewhereToo() {
    CreatedKey old = world.newKey(tenant, Scope.CONTACTS);
    elsewhere.authenticate(old.secret());
    world.keys.rotate(tenant, old.id(), Duration.ZERO);
    assertRefused(here, old.secret());
    assertThat(await(() -> refused(elsewhere, old.secret()))).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void revokedKeyShouldEndEverywhereWithinTwoSeconds() {
    CreatedKey made = world.newKey(tenant, Scope.CONTACTS);
    here.authenticate(made.secret());
    elsewhere.authenticate(made.secret());
    world.keys.revoke(tenant, made.id());
    assertRefused(here, made.secret());
    assertThat(await(() -> refused(elsewhere, made.secret()))).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void suspensionShouldShowEverywhereWithinTwoSeconds() {
    Secret secret = world.newKey(tenant, Scope.CONTACTS).secret();
    assertThat(elsewhere.authenticate(secret).suspended()).isFalse();
    world.tenants.suspend(world.asOperator, owner.id(), "unpaid");
    assertThat(await(() -> elsewhere.authenticate(secret).suspended()))
        .isLessThan(Duration.ofSeconds(2));
    world.tenants.resume(world.asOperator, owner.id());
    assertThat(await(() -> !elsewhere.authenticate(secret).suspended()))
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void changeWithoutItsEpochShouldShowAfterAMinute() {
    CreatedKey made = world.newKey(tenant, Scope.CONTACTS);
    here.authenticate(made.secret());
    // As if the node had died between the change and its epoch.
    world.transactions.call(
        tenant,
        tx -> {
          try (var update =
              tx.connection().prepareStatement("update tenant.api_key set revoked_at = now()")) {
            return update.executeUpdate();
          }
        });
    assertThat(here.authenticate(made.secret()).keyId()).isEqualTo(made.id());
    world.clock.move(Duration.ofMinutes(1));
    assertRefused(here, made.secret());
  }

  @Test
  void nodeThatCannotPollShouldNotTrustItsMemory() {
    Secret secret = world.newKey(tenant, Scope.CONTACTS).secret();
    NoEpochs epochs = new NoEpochs();
    epochs.known = true;
    AuthenticatorImpl cut = world.authenticator(epochs);
    cut.authenticate(secret);
    epochs.known = false;
    assertFails(CommonErrors.UNAVAILABLE, () -> cut.authenticate(secret));
  }

  @Test
  void keyShouldOutliveItsPepper() {
    Secret old = world.newKey(tenant, Scope.CONTACTS).secret();
    here.authenticate(old);
    world.peppers.rotate();
    Secret fresh = world.newKey(tenant, Scope.CONTACTS).secret();
    world.peppers.rotate();
    assertThat(here.authenticate(old).tenantId()).isEqualTo(owner.id());
    assertThat(elsewhere.authenticate(fresh).tenantId()).isEqualTo(owner.id());
  }

  @Test
  void useShouldBeNotedToTheMinute() {
    CreatedKey made = world.newKey(tenant, Scope.CONTACTS);
    here.authenticate(made.secret());
    world.clock.move(Duration.ofSeconds(10));
    here.authenticate(made.secret());
    assertThat(world.keys.get(tenant, made.id()).lastUsedAt()).isNull();
    here.tidy();
    assertThat(world.keys.get(tenant, made.id()).lastUsedAt())
        .isEqualTo(Instant.parse("2026-11-23T22:00:00Z"));
    world.clock.move(Duration.ofMinutes(5));
    here.authenticate(made.secret());
    world.keys.revoke(tenant, made.id());
    here.close();
    assertThat(world.keys.get(tenant, made.id()).lastUsedAt())
        .isEqualTo(Instant.parse("2026-11-23T22:05:00Z"));
  }

  @Test
  void allowanceShouldBeThatOfThePlan() {
    Caller caller = here.authenticate(world.newKey(tenant, Scope.CONTACTS).secret());
    assertThat(here.admit(caller).quota()).isEqualTo(300);
    assertThat(here.admit(caller).admitted()).isTrue();
    Caller operator =
        here.authenticate(
            world.keys.create(world.asOperator, key(Mode.LIVE, Scope.ADMIN), ALL).secret());
    assertThat(here.admit(operator).quota()).isEqualTo(6000);
    Caller colleague =
        new Caller(
            operator.tenantId(), Uuids.next(), operator.scopes(), operator.mode(), false, false);
    assertThat(here.admit(colleague).quota()).isEqualTo(6000);
  }

  /** Epochs of a node that may be cut off. */
  private static final class NoEpochs implements Epochs {

    private volatile boolean known;

    @Override
    public void raise(UUID tenantId, String topic) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long current(UUID tenantId, String topic) {
      if (!known) {
        throw RookeryException.unavailable("Cut off", Duration.ofSeconds(1), null);
      }
      return 0;
    }
  }
}
