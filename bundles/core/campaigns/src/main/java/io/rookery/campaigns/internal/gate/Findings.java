// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.campaigns.CampaignService.GateFinding;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks find. */
final class Findings {

  private final List<GateFinding> found = new ArrayList<>();

  /** Adds a finding: its stable code and what to do, formatted. */
  void add(String code, String detail, Object... values) {
    found.add(new GateFinding(code, values.length == 0 ? detail : detail.formatted(values)));
  }

  List<GateFinding> all() {
    return List.copyOf(found);
  }
}
