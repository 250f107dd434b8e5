// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rookery.api.secrets.StoreMoves.Move;
import io.rookery.events.internal.EventLogService;
import io.rookery.jobs.JobRun;
import io.rookery.jobs.internal.JobServiceImpl;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.TenantSecrets;
import io.rookery.secrets.internal.route.StoreRoutes;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreMoveTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "jobs", "secrets");

  private static final Duration SOON = Duration.ofSeconds(30);

  private final MemorySecretStore near = new MemorySecretStore();
  private final MemorySecretStore far = new MemorySecretStore();
  private final EventLogService log = new EventLogService(() -> 1, null);
  private final TenantContext operator = DATABASE.tenant();
  private final TenantContext tenant = DATABASE.tenant();
  private ConfiguredStore here;
  private ConfiguredStore there;
  private StoreMovesImpl moves;
  private TenantSecrets secrets;
  private TenantSecrets elsewhere;

  @BeforeEach
  void begin() throws Exception {
    here = node();
    there = node();
    moves =
        new StoreMovesImpl(
            DATABASE.transactions(),
            here,
            new JobServiceImpl(DATABASE.transactions(), log, Clock.systemUTC()));
    secrets = new TenantSecrets(here, DATABASE.transactions(), log);
    elsewhere = new TenantSecrets(there, DATABASE.transactions(), log);
    for (int i = 0; i < 30; i++) {
      String reference = "smtp/" + i;
      secrets.write(tenant, reference, data("first " + i), "set");
      secrets.write(tenant, reference, data("second " + i), "set");
      secrets.write(tenant, reference, data("third " + i), "set");
    }
    near.delete(path("smtp/1"), Set.of(2));
    near.delete(path("smtp/2"), Set.of(3));
    near.destroy(path("smtp/3"), Set.of(1));
    near.destroy(path("smtp/4"), Set.of(3));
    near.write(SecretPath.platform("keys/pepper"), data("pepper"), 0);
  }

  @AfterEach
  void forget() throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("delete from platform.secret_move");
      statement.execute("delete from platform.secret_write");
      statement.execute(
          "update platform.secret_route set configured = '', active = '', moving = false");
    }
    here.routes().changed();
  }

  private ConfiguredStore node() {
    StoreRoutes routes =
        new StoreRoutes(DATABASE.transactions(), DATABASE.epochsOfAnotherNode(), "near");
    return ConfiguredStore.of(routes, Map.of("near", near, "far", far));
  }

  private SecretPath path(String below) {
    return SecretPath.tenant(tenant.tenantId(), below);
  }

  private static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  private static String value(SecretData data) {
    return data.fields().get("password").reveal();
  }

  private Map<String, ?> work(Move move, Run run) throws InterruptedException {
    assertThat(run.subjectId()).isEqualTo(move.id());
    return new MoveJob(DATABASE.transactions(), here, log).run(run);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** Asserts that both stores hold the same: data, numbers and states. */
  private void assertSame() {
    assertThat(Carrier.all(far)).isEqualTo(Carrier.all(near)).hasSizeGreaterThan(25);
    for (SecretPath path : Carrier.all(near)) {
      SecretMetadata wanted = near.metadata(path).orElseThrow();
      SecretMetadata found = far.metadata(path).orElseThrow();
      assertThat(states(far, found)).as(path.value()).isEqualTo(states(near, wanted));
      assertThat(found.currentVersion()).isEqualTo(wanted.currentVersion());
    }
  }

  private static List<String> states(MemorySecretStore store, SecretMetadata known) {
    List<String> states = new ArrayList<>();
    for (SecretMetadata.Version version : known.versions()) {
      boolean deleted = version.deletedAt() != null;
      String content =
          version.destroyed()
              ? "destroyed"
              : deleted
                  ? "deleted "
                      + value(store.deletedData(known.path(), version.number()).orElseThrow())
                  : value(store.read(known.path(), version.number()).orElseThrow().data());
      states.add(version.number() + " " + content);
    }
    return states;
  }

  @Test
  void allVersionsShouldMoveWithTheirStatesAndEveryNodeShouldFollow() throws Exception {
    Move move = moves.move(operator, "near", "far");
    assertThat(move.state()).isEqualTo("queued");
    assertThat(here.active()).isEqualTo("near");
    assertThat(work(move, new Run(move))).isEqualTo(Map.of("secrets", 31));

    assertSame();
    await().atMost(SOON).until(() -> here.active().equals("far") && there.active().equals("far"));
    assertThat(value(elsewhere.read(tenant, "smtp/7", "send"))).isEqualTo("third 7");
    assertThat(elsewhere.replace(tenant, "smtp/7", 3, data("fourth"), "set")).isEqualTo(4);
    assertThat(near.metadata(path("smtp/7")).orElseThrow().currentVersion()).isEqualTo(3);
    assertThat(moves.stores())
        .filteredOn(s -> s.active())
        .extracting(s -> s.name())
        .containsExactly("far");
  }

  @Test
  void whatIsUsedMeanwhileShouldBeReadAndWrittenAndNothingLost() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger written = new AtomicInteger();
    List<Thread> users = new ArrayList<>();
    for (TenantSecrets user : List.of(secrets, elsewhere)) {
      int first = users.size() * 10;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; !over.get(); i++) {
                  String reference = "smtp/" + (10 + first + i % 10);
                  try {
                    int number = user.write(tenant, reference, data("live " + i), "set");
                    written.incrementAndGet();
                    user.readVersion(tenant, reference, "send");
                    if (number < 4) {
                      failed.incrementAndGet();
                    }
                  } catch (RuntimeException e) {
                    failed.incrementAndGet();
                  }
                }
              });
      thread.start();
      users.add(thread);
    }
    try {
      await().atMost(SOON).until(() -> written.get() > 20);
      Move move = moves.move(operator, "near", "far");
      work(move, new Run(move));
      int atCut = written.get();
      await().atMost(SOON).until(() -> there.active().equals("far") && written.get() > atCut + 40);
    } finally {
      over.set(true);
      for (Thread user : users) {
        user.join();
      }
    }
    assertThat(failed).hasValue(0);
    int versions = 0;
    for (int i = 10; i < 30; i++) {
      versions += far.metadata(path("smtp/" + i)).orElseThrow().currentVersion();
    }
    assertThat(versions).isEqualTo(20 * 3 + written.get());
  }

  @Test
  void whatBrokeOffShouldGoOnAndWhatWasWrittenInBetweenCome() throws Exception {
    Move move = moves.move(operator, "near", "far");
    Run killed = new Run(move);
    killed.advancesLeft = 1;
    assertThatThrownBy(() -> work(move, killed)).isInstanceOf(RookeryException.class);
    assertThat(Carrier.all(far)).isNotEmpty().hasSizeLessThan(31);
    secrets.write(tenant, "smtp/0", data("later"), "set");
    secrets.purge(tenant, "smtp/5", "erase");
    secrets.write(tenant, "oauth/new", data("new"), "set");
    assertThat(here.active()).isEqualTo("near");

    assertThat(moves.move(operator, "near", "far").id()).isEqualTo(move.id());
    work(move, new Run(move));
    assertSame();
    assertThat(far.metadata(path("smtp/5"))).isEmpty();
    assertThat(value(far.read(path("smtp/0"), 0).orElseThrow().data())).isEqualTo("later");
  }

  @Test
  void whatWasLookedAtWhenTheNodeDiedShouldBeDeletedAgain() throws Exception {
    Move move = moves.move(operator, "near", "far");
    near.undelete(path("smtp/1"), Set.of(2));
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "update platform.secret_move set peeked_version = 2, peeked_path = '"
              + path("smtp/1")
              + "'");
    }
    work(move, new Run(move));
    assertThat(near.read(path("smtp/1"), 2)).isEmpty();
    assertThat(far.read(path("smtp/1"), 2)).isEmpty();
    assertSame();
  }

  @Test
  void thereShouldBeAWayBack() throws Exception {
    Move move = moves.move(operator, "near", "far");
    work(move, new Run(move));
    await().atMost(SOON).until(() -> here.active().equals("far"));
    secrets.write(tenant, "smtp/0", data("fourth"), "set");
    secrets.purge(tenant, "smtp/6", "erase");
    far.undelete(path("smtp/1"), Set.of(2));

    Move back = moves.back(operator);
    assertThat(back.from()).isEqualTo("far");
    work(back, new Run(back));
    await().atMost(SOON).until(() -> there.active().equals("near"));
    assertSame();
    assertThat(value(near.read(path("smtp/0"), 4).orElseThrow().data())).isEqualTo("fourth");
    assertThat(near.metadata(path("smtp/6"))).isEmpty();
  }

  @Test
  void aMoveThatIsGivenUpShouldLeaveTheStoreThatIsUsed() throws Exception {
    Move move = moves.move(operator, "near", "far");
    secrets.write(tenant, "smtp/0", data("fourth"), "set");
    new MoveJob(DATABASE.transactions(), here, log).cancelled(operator, move.id());
    assertThat(here.active()).isEqualTo("near");
    assertThat(work(move, new Run(move))).isEqualTo(Map.of());
    assertThat(far.list(new SecretPath("platform"))).isEmpty();
    Move again = moves.move(operator, "near", "far");
    assertThat(again.id()).isNotEqualTo(move.id());
    work(again, new Run(again));
    assertSame();
  }

  @Test
  void aMoveThatMakesNoSenseShouldBeRefused() {
    assertFails(CommonErrors.NOT_FOUND, () -> moves.move(operator, "near", "nowhere"));
    assertFails(CommonErrors.NOT_FOUND, () -> moves.back(operator));
    assertFails(CommonErrors.WRONG_STATE, () -> moves.move(operator, "far", "near"));
    assertFails(CommonErrors.WRONG_STATE, () -> moves.move(operator, "near", "near"));
    far.setStatus(StoreStatus.SEALED);
    assertFails(CommonErrors.UNAVAILABLE, () -> moves.move(operator, "near", "far"));
    far.setStatus(StoreStatus.READY);
    far.write(SecretPath.platform("keys/pepper"), data("of another platform"), 0);
    assertFails(CommonErrors.WRONG_STATE, () -> moves.move(operator, "near", "far"));
    assertThat(moves.last(operator)).isEmpty();
    assertThat(value(far.read(SecretPath.platform("keys/pepper"), 0).orElseThrow().data()))
        .isEqualTo("of another platform");
  }

  @Test
  void aStoreThatIsSealedInTheMiddleShouldBeWaitedFor() {
    Move move = moves.move(operator, "near", "far");
    far.setStatus(StoreStatus.SEALED);
    assertFails(CommonErrors.UNAVAILABLE, () -> work(move, new Run(move)));
    assertThat(value(secrets.read(tenant, "smtp/0", "send"))).isEqualTo("third 0");
  }

  /** A run of the job whose node may die. */
  private final class Run implements JobRun {

    private final Move move;
    private int advancesLeft = Integer.MAX_VALUE;

    Run(Move move) {
      this.move = move;
    }

    @Override
    public UUID id() {
      return move.jobId();
    }

    @Override
    public TenantContext context() {
      return operator;
    }

    @Override
    public UUID subjectId() {
      return move.id();
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("from", move.from(), "to", move.to());
    }

    @Override
    public Map<String, Object> checkpoint() {
      return Map.of();
    }

    @Override
    public void advance(Tx tx, Map<String, ?> checkpoint, long done, long total) {
      if (advancesLeft-- == 0) {
        throw RookeryException.unavailable("The node died", SOON, null);
      }
    }

    @Override
    public void check() {}
  }
}
