// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rookery.api.secrets.StoreMoves.Move;
import io.rookery.events.internal.EventLogService;
import io.rookery.jobs.JobRun;
import io.rookery.jobs.internal.JobServiceImpl;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.embedded.EmbeddedStore;
import io.rookery.secrets.embedded.EmbeddedStores;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.TenantSecrets;
import io.rookery.secrets.internal.move.MoveJob;
import io.rookery.secrets.internal.move.StoreMovesImpl;
import io.rookery.secrets.internal.route.StoreRoutes;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretTransfer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All secrets moved out of the database into a server and back, and into another database. */
class MoveTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "jobs", "secrets");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int SECRETS = 45;

  @TempDir Path folder;

  private final EventLogService log = new EventLogService(() -> 1, null);
  private final TenantContext operator = DATABASE.tenant();
  private final TenantContext tenant = DATABASE.tenant();

  @Test
  @Tag("peer")
  void allShouldGoFromTheDatabaseToOpenBaoAndBack() throws Exception {
    try (Rig rig = new Rig(folder)) {
      moveThereAndBack("one", embedded("one"), rig.node("node"));
    }
  }

  @Test
  void allShouldGoFromOneDatabaseToAnotherAndBack() throws Exception {
    moveThereAndBack("two", embedded("two"), embedded("three"));
  }

  private EmbeddedStore embedded(String name) {
    return EmbeddedStores.open(
        DATABASE.pluginStorage("io.rookery.secrets." + name), folder.resolve(name + ".key"));
  }

  private void moveThereAndBack(String name, SecretStore near, SecretStore far) throws Exception {
    StoreRoutes routes = new StoreRoutes(DATABASE.transactions(), DATABASE.epochs(), name);
    ConfiguredStore stores = ConfiguredStore.of(routes, Map.of(name, near, "far " + name, far));
    TenantSecrets secrets = new TenantSecrets(stores, DATABASE.transactions(), log);
    StoreMovesImpl moves =
        new StoreMovesImpl(
            DATABASE.transactions(),
            stores,
            new JobServiceImpl(DATABASE.transactions(), log, Clock.systemUTC()));
    MoveJob job = new MoveJob(DATABASE.transactions(), stores, log);
    fill(secrets, near);

    Move move = moves.move(operator, name, "far " + name);
    assertThatThrownBy(() -> job.run(new Run(move, 1))).isInstanceOf(RookeryException.class);
    secrets.write(tenant, "smtp/0", Rig.data("written in between"), "set");
    job.run(new Run(move, Integer.MAX_VALUE));
    assertSame(near, far);
    await().atMost(SOON).until(() -> stores.active().equals("far " + name));
    assertThat(secrets.readVersion(tenant, "smtp/0", "send").number()).isEqualTo(13);
    assertThat(secrets.replace(tenant, "smtp/1", 3, Rig.data("written there"), "set")).isEqualTo(4);
    secrets.purge(tenant, "smtp/5", "erase");

    Move back = moves.back(operator);
    job.run(new Run(back, Integer.MAX_VALUE));
    assertSame(near, far);
    await().atMost(SOON).until(() -> stores.active().equals(name));
    assertThat(near.metadata(path("smtp/5"))).isEmpty();
    assertThat(secrets.readVersion(tenant, "smtp/1", "send").number()).isEqualTo(4);
  }

  /**
   * Three versions of each secret; of one so many that the first are gone, and some in other
   * states.
   */
  private void fill(TenantSecrets secrets, SecretStore near) {
    for (int i = 0; i < SECRETS; i++) {
      for (int version = 1; version <= (i == 0 ? 12 : 3); version++) {
        secrets.write(tenant, "smtp/" + i, Rig.data(i + " " + version), "set");
      }
    }
    near.delete(path("smtp/1"), Set.of(2));
    near.delete(path("smtp/2"), Set.of(3));
    near.destroy(path("smtp/3"), Set.of(1));
    near.destroy(path("smtp/4"), Set.of(3));
    near.write(SecretPath.platform("keys/pepper"), Rig.data("pepper"), -1);
  }

  private SecretPath path(String below) {
    return SecretPath.tenant(tenant.tenantId(), below);
  }

  private void assertSame(SecretStore near, SecretStore far) {
    SecretPath folder = SecretPath.tenant(tenant.tenantId());
    assertThat(far.list(folder)).isEqualTo(near.list(folder)).hasSizeGreaterThan(SECRETS - 2);
    assertThat(far.list(new SecretPath("platform"))).hasSize(1);
    for (SecretPath path : near.list(folder)) {
      SecretMetadata wanted = near.metadata(path).orElseThrow();
      SecretMetadata found = far.metadata(path).orElseThrow();
      assertThat(found.currentVersion()).isEqualTo(wanted.currentVersion());
      assertThat(states(far, found)).as(path.value()).isEqualTo(states(near, wanted));
    }
  }

  /** Numbers that have no version here may have a destroyed one there. */
  private static List<String> states(SecretStore store, SecretMetadata known) {
    List<String> states = new ArrayList<>();
    for (SecretMetadata.Version version : known.versions()) {
      int number = version.number();
      if (version.destroyed()) {
        assertThat(store.read(known.path(), number)).isEmpty();
      } else if (version.deletedAt() != null) {
        assertThat(store.read(known.path(), number)).isEmpty();
        states.add(
            number
                + " deleted "
                + ((SecretTransfer) store)
                    .deletedData(known.path(), number)
                    .orElseThrow()
                    .fields()
                    .get("password")
                    .reveal());
      } else {
        states.add(
            number
                + " "
                + store
                    .read(known.path(), number)
                    .orElseThrow()
                    .data()
                    .fields()
                    .get("password")
                    .reveal());
      }
    }
    return states;
  }

  /** A run of the job whose node may die. */
  private final class Run implements JobRun {

    private final Move move;
    private int advancesLeft;

    Run(Move move, int advancesLeft) {
      this.move = move;
      this.advancesLeft = advancesLeft;
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
      return Map.of();
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
