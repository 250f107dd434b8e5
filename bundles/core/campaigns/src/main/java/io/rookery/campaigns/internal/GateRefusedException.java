// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.List;

/** A campaign may not start; each finding is an error at {@code /gate/} and its code. */
final class GateRefusedException extends RookeryException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> findings;

  GateRefusedException(List<GateFinding> findings) {
    super(
        CampaignErrors.GATE_REFUSED,
        findings.size() == 1
            ? findings.get(0).detail()
            : findings.size() + " checks keep the campaign from starting");
    this.findings =
        findings.stream().map(f -> new FieldError("/gate/" + f.code(), f.detail())).toList();
  }

  @Override
  public List<FieldError> errors() {
    return findings;
  }
}
