// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import io.rookery.api.sending.DeadLetters.Reason;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** What is said of dead letters. */
public final class DeadLetterDtos {

  private DeadLetterDtos() {}

  /** Which dead letters shall go into the queue again; each part narrows. */
  public record RequeueRequest(
      @Schema(description = "Failed where it is left out; in_doubt may arrive twice") Kind kind,
      UUID campaignId,
      UUID mailboxId,
      @Schema(description = "The last reply's code; 0 where nothing was said", example = "452")
          Integer code,
      @Schema(
              description = "The last reply's enhanced status code; empty where none was told",
              example = "4.2.2")
          String enhancedCode,
      @Schema(description = "Must be true where nothing else narrows") Boolean all) {

    /** Returns the filter, checked to be meant. */
    public Filter toFilter() {
      boolean narrowed =
          campaignId != null || mailboxId != null || code != null || enhancedCode != null;
      new Checks()
          .that(
              narrowed || Boolean.TRUE.equals(all),
              "/all",
              "Name a campaign_id, mailbox_id, code or enhanced_code, or say all: true")
          .longest("/enhanced_code", enhancedCode, 20)
          .done();
      return new Filter(kind, campaignId, mailboxId, code, enhancedCode);
    }
  }

  /** Why messages died. */
  @Schema(name = "DeadLetterReason")
  public record ReasonView(
      int code,
      String enhancedCode,
      @Schema(description = "What was said of one of them; another's words") String detail,
      @Schema(description = "Among the 10000 newest dead letters") long count,
      UUID newestMessageId) {

    /** Shows a reason. */
    public static ReasonView of(Reason r) {
      return new ReasonView(r.code(), r.enhancedCode(), r.detail(), r.count(), r.newest());
    }
  }
}
