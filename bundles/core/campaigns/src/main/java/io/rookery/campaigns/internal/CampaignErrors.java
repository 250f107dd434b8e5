// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;

/** The errors of this area. */
public final class CampaignErrors {

  /** A campaign may not start; the findings are its field errors. */
  public static final ErrorCode GATE_REFUSED =
      new ErrorCode("campaigns.gate_refused", Kind.UNPROCESSABLE);

  /** A template passes a bound with a recipient's data. */
  public static final ErrorCode RENDER_FAILED =
      new ErrorCode("campaigns.render_failed", Kind.UNPROCESSABLE);

  private CampaignErrors() {}
}
