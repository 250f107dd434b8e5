// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.persistence.test.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRetentionTest {

  private static final String NUMBERS =
      "select seq::text from tenant.audit_entry where tenant_id = %s order by seq";

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  @TempDir Path folder;

  private AuditWorld world;
  private AuditRetention retention;

  @BeforeEach
  void open() throws Exception {
    world = new AuditWorld(DATABASE, folder);
    retention =
        new AuditRetention(
            world.transactions,
            world.keys,
            new AuditSettings.Keeping(Period.ofMonths(12), Duration.ofDays(30)),
            world.clock);
  }

  @Test
  void verificationShouldGoOnBehindASignedCheckpoint() throws Exception {
    world.chain(4);
    world.clock.move(Duration.ofDays(300));
    world.chain(3);
    world.clock.move(Duration.ofDays(100));
    retention.run();

    assertThat(world.rows(NUMBERS)).containsExactly("5", "6", "7");
    assertThat(world.rows("select seq::text from platform.audit_checkpoint where tenant_id = %s"))
        .containsExactly("4");
    assertThat(world.rows("select seq::text from platform.audit_head where tenant_id = %s"))
        .containsExactly("7");
    assertThat(world.findings()).isEmpty();
    assertThat(world.verify().entries()).isEqualTo(3);

    world.chain(1);
    assertThat(world.findings()).as("as the chain goes on").isEmpty();
    world.owner("delete from tenant.audit_entry where tenant_id = %s and seq = 5");
    assertThat(world.findings()).containsExactly("REMOVED 5-5");
  }

  /** A second before its bound, at it, and a second after. */
  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          entries   | P364DT23H59M59S | kept
          entries   | P365D           | kept
          entries   | P365DT1S        | gone
          addresses | P29DT23H59M59S  | kept
          addresses | P30D            | kept
          addresses | P30DT1S         | gone
          """)
  void whatIsRecordedShouldGoAfterItsTime(String what, Duration after, String then)
      throws Exception {
    world.chain(1);
    world.clock.move(after);
    retention.run();

    List<String> left =
        world.rows(
            what.equals("entries")
                ? NUMBERS
                : "select source from tenant.audit_entry where tenant_id = %s and source is not null");
    assertThat(left.isEmpty() ? "gone" : "kept").isEqualTo(then);
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void aChainOfWhichAllIsDroppedShouldGoOn() throws Exception {
    world.chain(2);
    world.clock.move(Duration.ofDays(400));
    retention.run();
    assertThat(world.rows(NUMBERS)).isEmpty();
    assertThat(world.findings()).isEmpty();

    world.chain(2);
    assertThat(world.rows(NUMBERS)).containsExactly("3", "4");
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void aForgedCheckpointShouldBeNamed() throws Exception {
    world.chain(5);
    world.owner(
        "delete from tenant.audit_entry where tenant_id = %s and seq < 4",
        "insert into platform.audit_checkpoint (tenant_id, seq, hash, signed_at, key_id, signature)"
            + " select tenant_id, 3, previous, now(), 1, decode(repeat('01', 64), 'hex')"
            + " from tenant.audit_entry where tenant_id = %s and seq = 4");

    assertThat(world.findings()).containsExactly("FORGED 3-3");
  }

  @Test
  void whatDoesNotHoldShouldBeKeptAsProof() throws Exception {
    world.chain(3);
    world.owner("update tenant.audit_entry set type = 'x.y' where tenant_id = %s and seq = 2");
    world.clock.move(Duration.ofDays(400));
    retention.run();

    assertThat(world.rows(NUMBERS)).containsExactly("1", "2", "3");
    assertThat(world.findings()).containsExactly("ALTERED 2-2");
  }

  @Test
  void addressesShouldGoAfterTheirTimeAndWordsStay() throws Exception {
    world.chain(2);
    world.clock.move(Duration.ofDays(31));
    world.chain(1);
    retention.run();

    assertThat(
            world.rows(
                "select coalesce(source, '-') from tenant.audit_entry"
                    + " where tenant_id = %s order by seq"))
        .containsExactly("-", "-", AuditWorld.ADDRESS);
    assertThat(
            world.rows(
                "select count(source_salt)::text from tenant.audit_entry"
                    + " where tenant_id = %s"))
        .containsExactly("1");
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void oldHeadsShouldBeThinnedOutToEachDaysLast() throws Exception {
    for (int i = 0; i < 3; i++) {
      world.chain(1);
      world.clock.move(Duration.ofMinutes(10));
    }
    world.clock.move(Duration.ofDays(31));
    world.chain(1);
    retention.run();

    List<String> kept =
        world.rows("select seq::text from platform.audit_head where tenant_id = %s order by seq");
    assertThat(kept).containsExactly("3", "4");
    assertThat(world.verify().heads()).as("the copies are left alone").isEqualTo(2 + 4);
    assertThat(world.findings()).isEmpty();
  }
}
