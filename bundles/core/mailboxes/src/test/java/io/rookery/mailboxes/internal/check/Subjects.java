// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import java.time.Instant;
import java.util.List;

/** Domains and settings that the tests of checks are about. */
final class Subjects {

  static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  static final String DOMAIN = "heron.example";
  static final String RETURN_PATH = "bounces.heron.example";
  static final String TRACKING = "links.heron.example";

  /** An operator who has configured everything, with an SPF include. */
  static final DomainSettings FULL = settings("_spf.op.example");

  /** An operator who has configured nothing. */
  static final DomainSettings BARE =
      new DomainSettings("bounces", "links", null, List.of(), null, List.of(), null, null);

  private Subjects() {}

  static DomainSettings settings(String include, String... networks) {
    return new DomainSettings(
        "bounces",
        "links",
        "rp.op.example",
        List.of("mx.op.example"),
        include,
        List.of(networks).stream().map(text -> IpNetwork.parse(text).orElseThrow()).toList(),
        "links.op.example",
        null);
  }

  static DkimSelector selector(Algorithm algorithm, Instant retiredAt) {
    String name = algorithm == Algorithm.RSA_SHA256 ? "rky1" : "rky1e";
    return new DkimSelector(name, algorithm, "QUJDREVG", NOW, null, retiredAt);
  }

  static DomainSubject subject(DkimSelector... selectors) {
    return new DomainSubject(DOMAIN, RETURN_PATH, TRACKING, List.of(selectors), NOW);
  }
}
