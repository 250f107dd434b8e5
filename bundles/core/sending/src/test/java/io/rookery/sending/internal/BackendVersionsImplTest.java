// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.api.sending.BackendVersions.Move;
import io.rookery.api.sending.BackendVersions.State;
import io.rookery.api.sending.BackendVersions.Use;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.version.VersionBook;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackendVersionsImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("sending");

  private static final UUID OPERATOR = Uuids.next();
  private final TenantContext operator = TenantContext.of(OPERATOR, Actor.system("test"));
  private final List<Tenant> all =
      Stream.generate(BackendVersionsImplTest::tenant).limit(20).toList();
  private final List<String> events = new ArrayList<>();
  private final TenantService tenants =
      Fake.of(
          TenantService.class,
          Map.of(
              "operatorTenantId",
              it -> OPERATOR,
              "operator",
              it -> operator,
              "list",
              it -> new Page<>(all, null)));
  private final VersionBook book =
      new VersionBook(
          DATABASE.transactions(),
          DATABASE.epochs(),
          tenants,
          (tx, appended) -> appended.stream().map(NewEvent::type).forEach(events::add),
          Clock.systemUTC());
  private final String name = "relay-" + Uuids.next();
  private final BackendVersionsImpl versions =
      new BackendVersionsImpl(
          book, tenants, () -> List.of(installed("1.0.0"), installed("2.0.0")), Clock.systemUTC());

  @BeforeEach
  void adopt() {
    book.adopt(name, "1.0.0");
  }

  @Test
  void aGreaterShareShouldHoldTheSmallerOne() {
    Use tenth = versions.move(operator, share(10));
    Set<UUID> first = moved();
    Use half = versions.move(operator, share(50));

    assertThat(tenth.tenants()).isEqualTo(2);
    assertThat(half.tenants()).isEqualTo(10);
    assertThat(moved()).containsAll(first);
    Use everybody = versions.move(operator, share(100));
    assertThat(everybody.everybody()).isTrue();
    assertThat(everybody.state()).isEqualTo(State.MOVING);
    book.refresh();
    assertThat(book.onTrial(name, "2.0.0")).isTrue();
    assertThat(book.onTrial(name, "1.0.0")).isFalse();
    assertThat(events).containsOnly("backend.moved").hasSize(3);
  }

  @Test
  void aNewTenantShouldUseTheCurrentVersionUntilEverybodyMoves() {
    versions.move(operator, share(50));
    book.refresh();
    assertThat(book.wanted(name, Uuids.next())).isEqualTo("1.0.0");

    versions.move(operator, share(100));
    book.refresh();
    assertThat(book.wanted(name, Uuids.next())).isEqualTo("2.0.0");
  }

  @Test
  void settlingShouldMakeTheNextVersionCurrentAndReturningTheCurrentOne() {
    versions.move(operator, share(100));
    assertThat(versions.settle(operator, name).current()).isEqualTo("2.0.0");

    versions.move(operator, new Move(name, "1.0.0", 100, null, 25));
    Use back = versions.giveBack(operator, name);
    assertThat(back.state()).isEqualTo(State.RETURNED);
    assertThat(back.current()).isEqualTo("2.0.0");
    assertThat(versions.giveBack(operator, name).changedAt()).isEqualTo(back.changedAt());
    assertThat(events)
        .containsExactly("backend.moved", "backend.settled", "backend.moved", "backend.returned");
  }

  @Test
  void namedTenantsShouldMoveAndGoBackByName() {
    UUID one = all.get(3).id();
    UUID other = all.get(4).id();
    versions.move(operator, new Move(name, "2.0.0", null, Set.of(one, other), 25));
    assertThat(moved()).containsExactlyInAnyOrder(one, other);

    versions.move(operator, new Move(name, "1.0.0", null, Set.of(one), 25));
    assertThat(moved()).containsExactly(other);
    Use last = versions.move(operator, new Move(name, "1.0.0", null, Set.of(other), 25));
    assertThat(last.state()).isEqualTo(State.RETURNED);
  }

  @Test
  void whatCannotBeShouldBeRefusedAndChangeNothing() {
    assertThatThrownBy(() -> versions.move(operator, new Move(name, "3.0.0", 100, null, 25)))
        .hasMessageContaining("not installed");
    assertThatThrownBy(() -> versions.move(operator, share(101))).hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> versions.move(operator, new Move(name, "2.0.0", null, null, 25)))
        .hasMessageContaining("either a share or the tenants");
    assertThatThrownBy(() -> versions.move(operator, new Move(name, "2.0.0", 10, null, 0)))
        .hasMessageContaining("bound");
    assertThatThrownBy(() -> versions.settle(operator, "pigeon"))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("not_found"));
    TenantContext stranger = DATABASE.tenant();
    assertThatThrownBy(() -> versions.move(stranger, share(10))).hasMessageContaining("operator");
    assertThatThrownBy(() -> versions.uses(stranger)).hasMessageContaining("operator");
    assertThat(events).isEmpty();
    assertThat(versions.uses(operator)).filteredOn(use -> use.backend().equals(name)).hasSize(1);
  }

  @Test
  void aFailureThatTwoNodesNoticeShouldBeToldOnce() {
    versions.move(operator, share(100));
    book.giveBack(name, "2.0.0", "it failed");
    book.giveBack(name, "2.0.0", "it failed");

    assertThat(events).containsExactly("backend.moved", "backend.returned");
    assertThat(book.now().get(name).reason()).isEqualTo("it failed");
  }

  @Test
  void aRepeatedMoveShouldBeAnsweredAsTheFirstWasAndMoveNobody() {
    TenantContext keyed = operator.with(new IdempotencyKey("move " + name, "f"));
    Use first = versions.move(keyed, share(10));
    versions.giveBack(operator, name);

    assertThat(versions.move(keyed, share(10))).isEqualTo(first);
    assertThat(book.now().get(name).state()).isEqualTo(State.RETURNED);
    TenantContext reused = operator.with(new IdempotencyKey("move " + name, "g"));
    assertThatThrownBy(() -> versions.settle(reused, name))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("idempotency_key_reused"));
    assertThat(events).containsExactly("backend.moved", "backend.returned");
  }

  private Set<UUID> moved() {
    return book.now().get(name).tenants();
  }

  private Move share(int percent) {
    return new Move(name, "2.0.0", percent, null, 25);
  }

  private Installed installed(String version) {
    return new Installed(name, version, 0, 0, 0, 0, null);
  }

  private static Tenant tenant() {
    return new Tenant(Uuids.next(), "t", "T", "1 Lane", Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
  }
}
