// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EpochsServiceTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  private final EpochsService here =
      new EpochsService(DATABASE.transactions(), DATABASE.database(), System::nanoTime);
  private final EpochsService there =
      new EpochsService(DATABASE.transactions(), DATABASE.database(), System::nanoTime);
  private final UUID tenant = Uuids.next();

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void raiseShouldShowHereAtOnceAndThereSoon() {
    assertThat(there.current(tenant, "keys")).isZero();
    here.raise(tenant, "keys");
    assertThat(here.current(tenant, "keys")).isEqualTo(1);
    await().until(() -> there.current(tenant, "keys") == 1);
    there.raise(tenant, "keys");
    assertThat(there.current(tenant, "keys")).isEqualTo(2);
    await().until(() -> here.current(tenant, "keys") == 2);
  }

  @Test
  void topicsAndTenantsShouldBeApart() {
    here.raise(tenant, "keys");
    assertThat(here.current(tenant, "seal")).isZero();
    assertThat(here.current(Uuids.next(), "keys")).isZero();
  }

  @Test
  void commitThatComesLateShouldNotBeMissed() throws Exception {
    EpochReader reader = new EpochReader(DATABASE.database());
    UUID late = Uuids.next();
    try (Connection connection = DATABASE.asSystem()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "insert into platform.epoch values (?, 'keys', 1, pg_current_xact_id())")) {
        statement.setObject(1, late);
        statement.executeUpdate();
      }
      here.raise(tenant, "keys");
      assertThat(reader.read()).containsKey(new EpochReader.Key(tenant, "keys"));
      assertThat(reader.read()).doesNotContainKey(new EpochReader.Key(late, "keys"));
      connection.commit();
    }
    assertThat(reader.read()).containsEntry(new EpochReader.Key(late, "keys"), 1L);
  }

  @Test
  void whatIsLongKnownShouldNotBeReadAgain() throws Exception {
    EpochReader reader = new EpochReader(DATABASE.database());
    here.raise(tenant, "keys");
    assertThat(reader.read()).isNotEmpty();
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void nodeThatCannotAskShouldStopTrusting() {
    AtomicLong nanos = new AtomicLong();
    TestDatabase other = DATABASE;
    try (var database = other.reopened()) {
      EpochsService lost = new EpochsService(other.transactions(), database, nanos::get);
      await().ignoreExceptions().until(() -> lost.current(tenant, "keys") == 0);
      lost.close();
      database.close();
      assertThat(lost.current(tenant, "keys")).isZero();
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      assertThatThrownBy(() -> lost.current(tenant, "keys"))
          .extracting(e -> ((RookeryException) e).code())
          .isEqualTo(CommonErrors.UNAVAILABLE);
    }
  }
}
