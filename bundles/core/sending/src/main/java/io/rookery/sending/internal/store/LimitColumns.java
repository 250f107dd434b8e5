// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingLimit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads how much a mailbox may send from what its area publishes. */
final class LimitColumns {

  /** The columns, for a select from {@code mailboxes_sendable_v1}. */
  static final String ALL = "daily_limit, ramp_from, ramp_to, ramp_days, ramp_started_at";

  private LimitColumns() {}

  static SendingLimit limit(ResultSet row, Instant now) throws SQLException {
    Instant startedAt = Rows.instant(row, "ramp_started_at");
    Ramp ramp =
        startedAt == null
            ? null
            : new Ramp(row.getInt("ramp_from"), row.getInt("ramp_to"), row.getInt("ramp_days"));
    return SendingLimit.at(row.getInt("daily_limit"), ramp, startedAt, now);
  }
}
