// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.secrets.CredentialTopics;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.test.TestDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxHoldsImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(10);

  private final TenantContext tenant = DATABASE.tenant();
  private final UUID mailbox = Uuids.next();
  private final UUID holder = Uuids.next();

  private static MailboxHoldsImpl at(Duration later) {
    return at(later, DATABASE.epochs());
  }

  private static MailboxHoldsImpl at(Duration later, Epochs epochs) {
    Clock clock = Clock.fixed(NOON.plus(later), ZoneOffset.UTC);
    return new MailboxHoldsImpl(DATABASE.transactions(), epochs, clock);
  }

  private Optional<Instant> until(TenantContext seenBy) {
    return DATABASE
        .transactions()
        .call(
            seenBy,
            tx -> {
              String sql = "select held_until from tenant.mailboxes_held_v1 where mailbox_id = ?";
              try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
                select.setObject(1, mailbox);
                try (ResultSet row = select.executeQuery()) {
                  return row.next()
                      ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                      : Optional.empty();
                }
              }
            });
  }

  private long epoch() {
    return DATABASE.epochs().current(tenant.tenantId(), CredentialTopics.mailbox(mailbox));
  }

  @Test
  void aHoldShouldCountFromWhenTheNodesWereTold() {
    assertThat(at(Duration.ZERO).hold(tenant, mailbox, holder, LONG)).isZero();
    assertThat(epoch()).isEqualTo(1);
    assertThat(at(Duration.ofSeconds(7)).hold(tenant, mailbox, holder, LONG))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(epoch()).isEqualTo(1);
    assertThat(until(tenant)).contains(NOON.plusSeconds(7).plus(LONG));
    assertThat(until(DATABASE.tenant())).isEmpty();
  }

  @Test
  void aHoldThatEndedOrIsTakenOverShouldCountAnew() {
    at(Duration.ZERO).hold(tenant, mailbox, holder, LONG);
    assertThat(at(LONG).hold(tenant, mailbox, holder, LONG)).isZero();
    UUID another = Uuids.next();
    assertThat(at(LONG.plusSeconds(1)).hold(tenant, mailbox, another, LONG)).isZero();
    assertThat(epoch()).isEqualTo(3);
  }

  @Test
  void whoDiedBeforeTheNodesWereToldShouldHaveThemToldAgain() {
    assertThatThrownBy(() -> at(Duration.ZERO, new Mute()).hold(tenant, mailbox, holder, LONG))
        .isInstanceOf(RookeryException.class);
    assertThat(until(tenant)).isPresent();
    assertThat(at(Duration.ofSeconds(60)).hold(tenant, mailbox, holder, LONG)).isZero();
    assertThat(epoch()).isEqualTo(1);
  }

  @Test
  void onlyItsHolderShouldEndIt() {
    at(Duration.ZERO).hold(tenant, mailbox, holder, LONG);
    at(Duration.ZERO).release(tenant, mailbox, Uuids.next());
    at(Duration.ZERO).release(DATABASE.tenant(), mailbox, holder);
    assertThat(until(tenant)).isPresent();
    at(Duration.ZERO).release(tenant, mailbox, holder);
    at(Duration.ZERO).release(tenant, mailbox, holder);
    assertThat(until(tenant)).isEmpty();
  }

  /** Epochs of a node that lost its database. */
  private static final class Mute implements Epochs {

    @Override
    public void raise(UUID tenantId, String topic) {
      throw RookeryException.unavailable("Lost", Duration.ofSeconds(1), null);
    }

    @Override
    public long current(UUID tenantId, String topic) {
      throw RookeryException.unavailable("Lost", Duration.ofSeconds(1), null);
    }
  }
}
