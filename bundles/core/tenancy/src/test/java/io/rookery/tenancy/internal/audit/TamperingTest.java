// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.persistence.test.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever owns the database may change every row of it; each change is found and named. */
class TamperingTest {

  private static final int COUNT = 20;

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  @TempDir Path folder;

  private AuditWorld world;

  @BeforeEach
  void chain() throws Exception {
    world = new AuditWorld(DATABASE, folder);
    world.chain(10);
    world.clock.move(Duration.ofMinutes(1));
    world.chain(COUNT - 10);
    assertThat(world.findings()).isEmpty();
    assertThat(world.verify().entries()).isEqualTo(COUNT);
    assertThat(world.verify().heads()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type = 'contact.deleted'",
        "subject_id = gen_random_uuid()",
        "subject_version = 7",
        "occurred_at = occurred_at - interval '1 microsecond'",
        "recorded_at = recorded_at + interval '1 hour'",
        "actor = 'operator:somebody'",
        "request_id = 'another'",
        "outcome = 'refused'",
        "data = '{}'",
        "source = '198.51.100.1'",
        "source_salt = null",
        "source_digest = null",
        "event_id = gen_random_uuid()",
        "previous = hash"
      })
  void anAlteredEntryShouldBeNamed(String change) throws Exception {
    world.owner("update tenant.audit_entry set " + change + " where tenant_id = %s and seq = 7");

    assertThat(world.findings()).containsExactly("ALTERED 7-7");
  }

  @Test
  void anEntryThatWasHashedAnewShouldBeNamed() throws Exception {
    world.owner("update tenant.audit_entry set type = 'x.y' where tenant_id = %s and seq = 7");
    Forger.rehash(world, 7, 7);

    assertThat(world.findings()).containsExactly("ALTERED 7-7");
  }

  @Test
  void removedEntriesShouldBeNamed() throws Exception {
    world.owner("delete from tenant.audit_entry where tenant_id = %s and seq in (1, 7, 8)");

    assertThat(world.findings()).containsExactly("REMOVED 1-1", "REMOVED 7-8");
  }

  @Test
  void entriesThatChangedPlacesShouldBeNamed() throws Exception {
    swap(6, 12);
    assertThat(world.findings()).containsExactly("REORDERED 6-6", "REORDERED 12-12");
    swap(6, 12);
    swap(8, 9);
    assertThat(world.findings()).containsExactly("REORDERED 8-9");
  }

  private void swap(int one, int other) throws Exception {
    world.owner(
        "update tenant.audit_entry set seq = -1 where tenant_id = %s and seq = " + one,
        "update tenant.audit_entry set seq = " + one + " where tenant_id = %s and seq = " + other,
        "update tenant.audit_entry set seq = " + other + " where tenant_id = %s and seq = -1");
  }

  @Test
  void aCutTailShouldBeNamedByTheChainsEndAndByHeads() throws Exception {
    world.owner("delete from tenant.audit_entry where tenant_id = %s and seq > 17");
    assertThat(world.findings()).containsExactly("CUT 18-20");

    moveEnd(17);
    assertThat(world.findings()).containsExactly("CUT 18-20");

    world.owner("delete from platform.audit_head where tenant_id = %s and seq > 17");
    assertThat(world.findings()).as("by the copied heads alone").containsExactly("CUT 18-20");
  }

  /** Sets the chain's end to one of its entries, as whoever cuts it would. */
  private void moveEnd(int seq) throws Exception {
    world.owner(
        "update tenant.audit_chain c set seq = e.seq, hash = e.hash from tenant.audit_entry e"
            + " where c.tenant_id = %s and e.tenant_id = %s and e.seq = "
            + seq);
  }

  @Test
  void aRewrittenChainShouldBeContradictedByHeads() throws Exception {
    rewrite(15);
    assertThat(world.findings()).containsExactly("REWRITTEN 20-20");

    world.owner("delete from platform.audit_head where tenant_id = %s");
    assertThat(world.findings()).as("by the copied heads alone").containsExactly("REWRITTEN 20-20");
  }

  @Test
  void aRewrittenChainShouldNotBeSignedAgain() throws Exception {
    rewrite(15);
    world.happen(world.tenant, 1);
    world.read(world.tenant, COUNT + 1);

    assertThat(world.signer.sign()).isZero();
    assertThat(world.signer.contradicted()).containsExactly(world.tenant.tenantId());
    world.clock.move(Duration.ofMinutes(6));
    assertThat(world.findings()).containsExactly("REWRITTEN 20-20", "UNSIGNED 11-21");
  }

  /** Alters an entry and hashes everything behind it anew, as the code itself would. */
  private void rewrite(int seq) throws Exception {
    rewrite(seq, COUNT);
  }

  private void rewrite(int seq, int end) throws Exception {
    world.owner(
        "update tenant.audit_entry set actor = 'user:nobody' where tenant_id = %s and seq = "
            + seq);
    Forger.rehash(world, seq, end);
    moveEnd(end);
  }

  @Test
  void aWholeChainThatIsGoneShouldBeMissed() throws Exception {
    world.owner(
        "delete from tenant.audit_entry where tenant_id = %s",
        "delete from tenant.audit_chain where tenant_id = %s",
        "delete from platform.audit_head where tenant_id = %s");

    assertThat(world.findings()).containsExactly("CUT 1-20");
  }

  @Test
  void aHeadThatThePlatformDidNotSignShouldBeNamed() throws Exception {
    world.owner(
        "update platform.audit_head set signature = decode(repeat('00', 64), 'hex')"
            + " where tenant_id = %s and seq = 20");
    Files.delete(files().get(0));

    assertThat(world.findings()).containsExactly("FORGED 20-20");
  }

  @Test
  void aHeadOfAnotherKeyOrMomentShouldNotBeTakenForOne() throws Exception {
    rewrite(15);
    Files.delete(files().get(0));
    world.owner(
        "update platform.audit_head h set hash = e.hash from tenant.audit_entry e"
            + " where h.tenant_id = %s and h.seq = 20 and e.tenant_id = %s and e.seq = 20");

    assertThat(world.findings()).containsExactly("FORGED 20-20");
  }

  @Test
  void entriesThatWaitTooLongForAHeadShouldBeNamed() throws Exception {
    world.happen(world.tenant, 2);
    world.read(world.tenant, COUNT + 2);
    assertThat(world.findings()).as("at once").isEmpty();
    world.clock.move(Duration.ofMinutes(6));

    assertThat(world.findings()).containsExactly("UNSIGNED 21-22");
  }

  @Test
  void headsOfOlderKeysShouldProveAsBefore() throws Exception {
    world.platformKeys.rotate();
    world.chain(1);

    assertThat(
            world.rows(
                "select distinct key_id::text from platform.audit_head"
                    + " where tenant_id = %s order by 1"))
        .containsExactly("1", "2");
    rewrite(5, COUNT + 1);
    assertThat(world.findings()).containsExactly("REWRITTEN 10-21");
  }

  @Test
  void aLineThatACrashCutOffShouldCostNothing() throws Exception {
    Path file = files().get(0);
    String line = Files.readAllLines(file).get(0);
    Files.writeString(file, line.substring(0, 50), StandardOpenOption.APPEND);
    world.chain(1);

    assertThat(Files.readAllLines(file)).hasSize(4);
    assertThat(world.verify().unreadable()).isEqualTo(1);
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void theFolderShouldHoldEachHeadOnceAndNothingElse() throws Exception {
    assertThat(world.signer.sign()).isZero();
    assertThat(world.signer.copy()).isZero();
    List<String> lines = Files.readAllLines(files().get(0), StandardCharsets.US_ASCII);

    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("head1 " + id() + " "));
    assertThat(
            world.rows(
                "select count(*)::text from platform.audit_head"
                    + " where tenant_id = %s and copied_at is not null"))
        .containsExactly("2");
  }

  private String id() {
    return world.tenant.tenantId().toString();
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
