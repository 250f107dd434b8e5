// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.ALL;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static io.rookery.tenancy.internal.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.events.EventLog;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.key.KeyText;
import io.rookery.tenancy.internal.store.KeyPointers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiKeyServiceTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private TenantContext tenant;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    tenant = World.context(world.newTenant());
  }

  private long count(String sql, Object parameter) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement query = owner.prepareStatement(sql)) {
      query.setObject(1, parameter);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private long pointers(UUID tenantId) throws SQLException {
    return count("select count(*) from platform.api_key_pointer where tenant_id = ?", tenantId);
  }

  @Test
  void createdKeyShouldBeShownOnce() throws SQLException {
    Instant end = world.clock.instant().plusSeconds(60);
    CreatedKey made =
        world.keys.create(
            tenant, new NewApiKey(" CI ", Set.of(Scope.CONTACTS), Mode.LIVE, end), ALL);
    String text = made.secret().reveal();
    assertThat(text).matches("rky_live_[0-9A-Za-z]{38}").endsWith(made.key().hint());
    assertThat(made.key().name()).isEqualTo("CI");
    assertThat(made.key().expiresAt()).isEqualTo(end);
    assertThat(world.keys.get(tenant, made.id())).isEqualTo(made.key());
    assertThat(made.toString()).doesNotContain(text);
    assertThat(
            count(
                "select count(*) from tenant.api_key k where k.id = ?"
                    + " and length(k.digest) = 32 and k.pepper_id = 1",
                made.id()))
        .isEqualTo(1);
    assertThat(
            count(
                "select count(*) from tenant.api_key k where position(?::bytea in k.digest) > 0",
                text.getBytes(StandardCharsets.US_ASCII)))
        .isZero();
    assertThat(world.events(tenant)).endsWith("api_key.created 1");
  }

  @Test
  void repeatShouldMakeOneKeyAndNotShowItAgain() throws SQLException {
    TenantContext keyed = tenant.with(new IdempotencyKey("k", "f"));
    CreatedKey made = world.keys.create(keyed, key(Mode.LIVE, Scope.CONTACTS), ALL);
    assertFails(
        CommonErrors.ALREADY_DONE,
        () -> world.keys.create(keyed, key(Mode.LIVE, Scope.CONTACTS), ALL));
    assertThat(world.keys.list(tenant, PageRequest.FIRST).items()).containsExactly(made.key());
    assertThat(pointers(tenant.tenantId())).isEqualTo(1);
  }

  @Test
  void repeatedRevocationShouldBeAnsweredAsTheFirstWas() {
    CreatedKey made = world.newKey(tenant, Scope.CONTACTS);
    CreatedKey other = world.newKey(tenant, Scope.CONTACTS);
    ApiKey revoked = world.keys.revoke(tenant.with(new IdempotencyKey("end", "f")), made.id());
    world.clock.move(Duration.ofMinutes(1));
    assertThat(world.keys.revoke(tenant.with(new IdempotencyKey("end", "f")), made.id()))
        .isEqualTo(revoked);
    assertFails(
        CommonErrors.IDEMPOTENCY_KEY_REUSED,
        () -> world.keys.revoke(tenant.with(new IdempotencyKey("end", "g")), other.id()));
    assertThat(world.keys.get(tenant, other.id()).revokedAt()).isNull();
  }

  @Test
  void addressesShouldBeKeptCanonicalAndPassOnToASuccessor() {
    CreatedKey made = bound(tenant, "192.0.2.7/24", "::ffff:192.0.2.9/120", "2001:DB8::1");
    List<String> canonical = List.of("192.0.2.0/24", "2001:db8::1/128");
    assertThat(made.key().addresses()).isEqualTo(canonical);
    assertThat(world.keys.get(tenant, made.id())).isEqualTo(made.key());
    CreatedKey successor = world.keys.rotate(tenant, made.id(), Duration.ZERO);
    assertThat(successor.key().addresses()).isEqualTo(canonical);
    assertInvalid("/addresses/1", () -> bound(tenant, "192.0.2.1", "example.org"));
  }

  @Test
  void keyBoundToAddressesShouldNotMakeOneThatOpensFromElsewhere() {
    CreatedKey maker = bound(tenant, "192.0.2.0/24");
    TenantContext byKey =
        TenantContext.of(tenant.tenantId(), new Actor(Actor.Kind.API_KEY, maker.id().toString()));
    assertThat(bound(byKey).key().addresses()).containsExactly("192.0.2.0/24");
    assertThat(bound(byKey, "192.0.2.7").key().addresses()).containsExactly("192.0.2.7/32");
    assertFails(CommonErrors.FORBIDDEN, () -> bound(byKey, "192.0.2.7", "198.51.100.1"));
    assertFails(CommonErrors.FORBIDDEN, () -> bound(byKey, "192.0.0.0/16"));
  }

  private CreatedKey bound(TenantContext maker, String... addresses) {
    return world.keys.create(
        maker,
        new NewApiKey("x", Set.of(Scope.CONTACTS), Mode.LIVE, null, List.of(addresses)),
        ALL);
  }

  @Test
  void keyShouldGrantNoScopeThatItsMakerLacks() throws SQLException {
    Set<Scope> holder = Set.of(Scope.CONTACTS, Scope.CAMPAIGNS_READ, Scope.ADMIN);
    assertThat(
            world
                .keys
                .create(tenant, key(Mode.LIVE, Scope.CONTACTS_READ, Scope.CAMPAIGNS_READ), holder)
                .key()
                .scopes())
        .containsExactlyInAnyOrder(Scope.CONTACTS_READ, Scope.CAMPAIGNS_READ);
    assertFails(
        CommonErrors.FORBIDDEN,
        () -> world.keys.create(tenant, key(Mode.LIVE, Scope.CAMPAIGNS), holder));
    assertFails(
        CommonErrors.FORBIDDEN,
        () -> world.keys.create(tenant, key(Mode.LIVE, Scope.SECRETS), holder));
    assertThat(pointers(tenant.tenantId())).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SECRETS",
        "SECRETS_READ",
        "HOSTS",
        "HOSTS_READ",
        "DOMAINS",
        "DOMAINS_READ",
        "BILLING",
        "BILLING_READ"
      })
  void testKeyShouldNotReachLiveThings(Scope scope) {
    assertInvalid(
        "/scopes", () -> world.keys.create(tenant, key(Mode.TEST, Scope.CONTACTS, scope), ALL));
  }

  @Test
  void wrongKeyShouldBeRefused() {
    Instant now = world.clock.instant();
    assertInvalid(
        "/name",
        () ->
            world.keys.create(
                tenant, new NewApiKey("", Set.of(Scope.CONTACTS), Mode.LIVE, null), ALL));
    assertInvalid("/scopes", () -> world.keys.create(tenant, key(Mode.LIVE), ALL));
    assertInvalid("/mode", () -> world.keys.create(tenant, key(null, Scope.CONTACTS), ALL));
    assertInvalid(
        "/expires_at",
        () ->
            world.keys.create(
                tenant, new NewApiKey("x", Set.of(Scope.CONTACTS), Mode.LIVE, now), ALL));
  }

  @Test
  void testContextShouldSeeAndMakeTestKeysOnly() {
    TenantContext test = new TenantContext(tenant.tenantId(), tenant.actor(), "r", null, Mode.TEST);
    UUID live = world.newKey(tenant, Scope.CONTACTS).id();
    CreatedKey made = world.keys.create(test, key(Mode.TEST, Scope.CONTACTS), ALL);
    assertThat(made.secret().reveal()).startsWith("rky_test_");
    assertThat(world.keys.list(test, PageRequest.FIRST).items()).containsExactly(made.key());
    assertThat(world.keys.list(tenant, PageRequest.FIRST).items()).hasSize(2);
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.get(test, live));
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.revoke(test, live));
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.rotate(test, live, null));
    assertFails(
        CommonErrors.FORBIDDEN, () -> world.keys.create(test, key(Mode.LIVE, Scope.CONTACTS), ALL));
  }

  @Test
  void otherTenantsKeyShouldNotBeFound() {
    UUID theirs = world.newKey(World.context(world.newTenant()), Scope.CONTACTS).id();
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.get(tenant, theirs));
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.revoke(tenant, theirs));
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.rotate(tenant, theirs, null));
    assertThat(world.keys.list(tenant, PageRequest.FIRST).items()).isEmpty();
  }

  @Test
  void listShouldPageNewestFirst() {
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, world.newKey(tenant, Scope.CONTACTS).id());
    }
    List<UUID> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<ApiKey> page = world.keys.list(tenant, new PageRequest(2, cursor));
      page.items().forEach(key -> seen.add(key.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).isEqualTo(made);
    String foreign = world.tenants.list(world.asOperator, new PageRequest(1, null)).next();
    assertThat(foreign).isNotNull();
    assertFails(
        CommonErrors.INVALID_REQUEST, () -> world.keys.list(tenant, new PageRequest(2, foreign)));
  }

  @Test
  void revokedKeyShouldStayListed() {
    UUID id = world.newKey(tenant, Scope.CONTACTS).id();
    ApiKey revoked = world.keys.revoke(tenant, id);
    assertThat(revoked.revokedAt()).isEqualTo(world.clock.instant());
    world.clock.move(Duration.ofHours(1));
    assertThat(world.keys.revoke(tenant, id)).isEqualTo(revoked);
    assertThat(world.keys.list(tenant, PageRequest.FIRST).items()).containsExactly(revoked);
    assertThat(world.events(tenant)).endsWith("api_key.created 1", "api_key.revoked 2");
    assertFails(CommonErrors.WRONG_STATE, () -> world.keys.rotate(tenant, id, null));
  }

  @Test
  void rotateShouldMakeASuccessorWithTheSameRights() {
    CreatedKey old = world.newKey(tenant, Scope.CONTACTS, Scope.MAIL_SEND);
    CreatedKey next = world.keys.rotate(tenant, old.id(), null);
    assertThat(next.id()).isNotEqualTo(old.id());
    assertThat(next.secret()).isNotEqualTo(old.secret());
    assertThat(next.key().scopes()).isEqualTo(old.key().scopes());
    assertThat(next.key().name()).isEqualTo(old.key().name());
    assertThat(next.key().expiresAt()).isNull();
    assertThat(world.keys.get(tenant, old.id()).expiresAt())
        .isEqualTo(world.clock.instant().plus(Duration.ofHours(24)));
    assertThat(world.events(tenant))
        .endsWith("api_key.created 1", "api_key.rotated 2", "api_key.created 1");
  }

  @Test
  void graceShouldNotLengthenAKeysLife() {
    Instant end = world.clock.instant().plusSeconds(60);
    CreatedKey old =
        world.keys.create(tenant, new NewApiKey("x", Set.of(Scope.CONTACTS), Mode.LIVE, end), ALL);
    CreatedKey next = world.keys.rotate(tenant, old.id(), Duration.ofDays(7));
    assertThat(world.keys.get(tenant, old.id()).expiresAt()).isEqualTo(end);
    assertThat(next.key().expiresAt()).isEqualTo(end);
  }

  @Test
  void wrongGraceShouldBeRefused() {
    UUID id = world.newKey(tenant, Scope.CONTACTS).id();
    for (Duration grace : List.of(Duration.ofSeconds(-1), Duration.ofDays(7).plusSeconds(1))) {
      assertInvalid("/grace_seconds", () -> world.keys.rotate(tenant, id, grace));
    }
  }

  @Test
  void repeatedRotateShouldMakeOneSuccessor() throws SQLException {
    UUID id = world.newKey(tenant, Scope.CONTACTS).id();
    TenantContext keyed = tenant.with(new IdempotencyKey("rotate", "f"));
    world.keys.rotate(keyed, id, null);
    assertFails(CommonErrors.ALREADY_DONE, () -> world.keys.rotate(keyed, id, null));
    assertThat(pointers(tenant.tenantId())).isEqualTo(2);
  }

  @Test
  void keyShouldNotRotateOneWithMoreRights() {
    UUID strong = world.newKey(tenant, Scope.SECRETS, Scope.CONTACTS).id();
    UUID weak = world.newKey(tenant, Scope.ADMIN).id();
    for (String actor : List.of(weak.toString(), Uuids.next().toString(), "nobody")) {
      TenantContext as = TenantContext.of(tenant.tenantId(), new Actor(Actor.Kind.API_KEY, actor));
      assertFails(CommonErrors.FORBIDDEN, () -> world.keys.rotate(as, strong, null));
    }
    TenantContext self =
        TenantContext.of(tenant.tenantId(), new Actor(Actor.Kind.API_KEY, strong.toString()));
    assertThat(world.keys.rotate(self, strong, null).key().scopes()).contains(Scope.SECRETS);
  }

  @Test
  void operatorsKeyShouldNotRotateOneWithMoreRights() {
    TenantContext shell = world.asOperator;
    UUID strong = world.newKey(shell, Scope.SECRETS, Scope.CONTACTS).id();
    UUID weak = world.newKey(shell, Scope.ADMIN).id();
    for (UUID actor : List.of(weak, Uuids.next())) {
      TenantContext as = world.tenants.operator(new Actor(Actor.Kind.OPERATOR, actor.toString()));
      assertFails(CommonErrors.FORBIDDEN, () -> world.keys.rotate(as, strong, null));
    }
    TenantContext self = world.tenants.operator(new Actor(Actor.Kind.OPERATOR, strong.toString()));
    assertThat(world.keys.rotate(self, strong, null).key().scopes()).contains(Scope.SECRETS);
    assertFails(CommonErrors.FORBIDDEN, () -> world.keys.rotate(self, weak, null));
  }

  @Test
  void shellShouldRotateAnyKey() {
    UUID strong = world.newKey(world.asOperator, Scope.SECRETS).id();
    for (String user : List.of("shell", "ada", "1-1-1-1-1")) {
      TenantContext as = world.tenants.operator(new Actor(Actor.Kind.OPERATOR, user));
      assertThat(world.keys.rotate(as, strong, null).key().scopes()).contains(Scope.SECRETS);
    }
  }

  @Test
  void failedCreateShouldTakeItsPointerBack() throws SQLException {
    EventLog broken =
        (tx, events) -> {
          if (events.get(0).type().startsWith("api_key")) {
            throw RookeryException.unavailable("No log", Duration.ofSeconds(1), null);
          }
        };
    World breaking = new World(DATABASE, broken);
    assertFails(
        CommonErrors.UNAVAILABLE,
        () -> breaking.keys.create(tenant, key(Mode.LIVE, Scope.CONTACTS), ALL));
    assertThat(world.keys.list(tenant, PageRequest.FIRST).items()).isEmpty();
    assertThat(pointers(tenant.tenantId())).isZero();
  }

  @Test
  void sweepShouldRemoveOrphansOnly() throws SQLException {
    world.newKey(tenant, Scope.CONTACTS);
    byte[] digest = KeyText.create(Mode.LIVE).getBytes(StandardCharsets.US_ASCII);
    new KeyPointers(world.transactions)
        .add(
            new KeyPointers.Pointer(tenant.tenantId(), Uuids.next(), digest),
            1,
            world.clock.instant());
    OrphanSweep sweep = new OrphanSweep(world.transactions, world.clock);
    sweep.run();
    assertThat(pointers(tenant.tenantId())).isEqualTo(2);
    world.clock.move(Duration.ofMinutes(11));
    sweep.run();
    assertThat(pointers(tenant.tenantId())).isEqualTo(1);
    assertThat(sweep.every()).isPositive();
  }
}
