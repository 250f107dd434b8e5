// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.sending.Throttles.Throttle;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** A mailbox whose mail, or whose mail to one recipient domain, goes slower. */
@Schema(name = "Throttle")
public record ThrottleView(
    UUID mailboxId,
    @Schema(description = "Absent where all mail of the mailbox goes slower") String domain,
    @Schema(description = "Messages a minute; absent where some only wait from before")
        Double perMinute,
    Instant slowedAt,
    Instant holdUntil,
    int replyCode,
    String enhancedCode,
    @Schema(description = "Messages that are put off, counted up to 10,000") long waiting) {

  /** Shows a throttle. */
  public static ThrottleView of(Throttle t) {
    return new ThrottleView(
        t.mailboxId(),
        t.domain(),
        t.perMinute(),
        t.slowedAt(),
        t.holdUntil(),
        t.replyCode(),
        t.enhancedCode(),
        t.waiting());
  }
}
