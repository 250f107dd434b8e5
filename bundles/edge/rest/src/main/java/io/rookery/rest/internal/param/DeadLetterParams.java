// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import java.util.UUID;
import javax.ws.rs.QueryParam;

/** Which dead letters are wanted; each parameter narrows. */
public final class DeadLetterParams {

  @QueryParam("kind")
  private Kind kind;

  @QueryParam("campaign_id")
  private UUID campaignId;

  @QueryParam("mailbox_id")
  private UUID mailboxId;

  @QueryParam("code")
  private Integer code;

  @QueryParam("enhanced_code")
  private String enhancedCode;

  /** Returns the filter. */
  public Filter filter() {
    return new Filter(kind, campaignId, mailboxId, code, enhancedCode);
  }
}
