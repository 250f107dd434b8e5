// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.SshKey.State;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Does for a key what is due: goes on with what was interrupted, retires, removes, rotates. */
final class KeyAttention {

  /** For how long a pair works on that was replaced. */
  static final Duration GRACE = Duration.ofHours(24);

  private final KeyRecords records;
  private final KeySteps steps;
  private final KeyRemoval removal;

  KeyAttention(KeyRecords records, KeySecrets secrets, SshDoor door) {
    KeyOnHost onHost = new KeyOnHost(door);
    this.records = records;
    this.steps = new KeySteps(records, secrets, onHost);
    this.removal = new KeyRemoval(records, secrets, onHost);
  }

  KeySteps steps() {
    return steps;
  }

  /** Does what is due of a key, if it still is; what goes wrong is recorded with it. */
  void attend(TenantContext context, UUID id) {
    KeyRow read = records.row(context, id);
    Instant now = records.now();
    if (read.key().nextAt() == null || read.key().nextAt().isAfter(now)) {
      return;
    }
    KeyRow row = hold(context, read);
    if (row.key().state() == State.REVOKING) {
      orLater(context, row, it -> removal.revoke(context, it));
    } else if (row.step() != null) {
      steps.advance(context, row, null);
    } else if (row.untidy()) {
      orLater(context, row, it -> removal.tidy(context, it));
    } else if (!row.overdue(now).isEmpty()) {
      orLater(context, row, it -> removal.retire(context, it));
    } else if (!row.nextAt().isAfter(now)) {
      steps.advance(context, begin(context, row), null);
    } else {
      records.record(context, row.with(row.key().state(), null, row.nextAt()));
    }
  }

  /** Has nobody else take it up meanwhile. */
  private KeyRow hold(TenantContext context, KeyRow row) {
    Instant lease = records.now().plus(KeySteps.LEASE);
    return records.record(context, row.troubled(row.key().problem(), lease));
  }

  private KeyRow begin(TenantContext context, KeyRow row) {
    Instant lease = records.now().plus(KeySteps.LEASE);
    return records.record(
        context,
        row.with(State.ROTATING, RotationStep.MAKE, lease).with(GRACE),
        "host.key_rotating",
        Map.of(),
        tx -> {});
  }

  /** Something to do to a key. */
  interface Work {
    KeyRow on(KeyRow row);
  }

  /** Retires what is over, or says in the row what stands in the way; unless somebody is at it. */
  KeyRow retire(TenantContext context, KeyRow row) {
    if (row.overdue(records.now()).isEmpty()) {
      return row;
    }
    KeyRow held;
    try {
      held = hold(context, row);
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.CONFLICT)) {
        return row;
      }
      throw e;
    }
    return orLater(context, held, it -> removal.retire(context, it));
  }

  /**
   * Removes a key from its host, or says in the row what stands in the way. Where somebody may just
   * be putting lines of it there, they are taken off now and once more when the lease of that has
   * ended; only then is it done.
   */
  KeyRow revoke(TenantContext context, KeyRow row) {
    return orLater(
        context,
        row,
        it -> it.untidy() ? removal.takeOff(context, it) : removal.revoke(context, it));
  }

  private KeyRow orLater(TenantContext context, KeyRow row, Work work) {
    try {
      return work.on(row);
    } catch (RookeryException e) {
      return records.record(
          context, row.troubled(e.getMessage(), records.now().plus(KeySteps.RETRY)));
    }
  }
}
