// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** What is said of pauses of the tenant and of its domains. */
public final class SendingPauseDtos {

  private SendingPauseDtos() {}

  /** A pause that holds; of the tenant where it names no domain. */
  @Schema(name = "SendingPause")
  public record PauseView(
      UUID id,
      Scope scope,
      String domain,
      PauseCause cause,
      String reason,
      Instant pausedAt,
      Instant until)
      implements Identified {

    /** Shows a pause. */
    public static PauseView of(Pause p) {
      return new PauseView(
          p.id(), p.scope(), p.domain(), p.cause(), p.reason(), p.pausedAt(), p.until());
    }
  }

  /** A pause to begin. */
  public record PauseRequest(
      Scope scope, @Schema(example = "heron.example") String domain, String reason) {

    /** Returns this where it is whole. */
    public PauseRequest checked() {
      new Checks()
          .given("/scope", scope)
          .text("/reason", reason)
          .longest("/reason", reason, 200)
          .longest("/domain", domain, 253)
          .done();
      return this;
    }
  }

  /** That a pause has ended. */
  public record ResumedView(UUID id, boolean paused) {}
}
