// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.util.Locale;
import java.util.Optional;

/**
 * What a DMARC record asks of receivers (RFC 9989 §4.7).
 *
 * @param strength what applies to the domain, or null where the record says nothing that counts
 * @param reported whether aggregate reports are asked for
 * @param testing whether receivers shall apply one step less ({@code t=y})
 * @param strictSpf whether the envelope's domain must be the very same
 * @param outdated whether it holds {@code pct}, which RFC 9989 took out
 */
record DmarcPolicy(
    Strength strength, boolean reported, boolean testing, boolean strictSpf, boolean outdated) {

  enum Strength {
    NONE,
    QUARANTINE,
    REJECT
  }

  /**
   * Reads a record.
   *
   * @param own whether it stands at the domain itself and not above it
   */
  static DmarcPolicy of(TagList tags, boolean own) {
    boolean reported =
        tags.get("rua").filter(uri -> uri.toLowerCase(Locale.ROOT).contains("mailto:")).isPresent();
    Strength whole = strength(tags.get("p")).orElse(reported ? Strength.NONE : null);
    return new DmarcPolicy(
        own ? whole : strength(tags.get("sp")).orElse(whole),
        reported,
        tags.get("t").filter("y"::equalsIgnoreCase).isPresent(),
        tags.get("aspf").filter("s"::equalsIgnoreCase).isPresent(),
        tags.get("pct").isPresent());
  }

  private static Optional<Strength> strength(Optional<String> value) {
    return value
        .map(text -> text.toLowerCase(Locale.ROOT))
        .flatMap(
            text ->
                switch (text) {
                  case "none" -> Optional.of(Strength.NONE);
                  case "quarantine" -> Optional.of(Strength.QUARANTINE);
                  case "reject" -> Optional.of(Strength.REJECT);
                  default -> Optional.empty();
                });
  }

  /** Returns what the owner may do next; each step is theirs, after reports have shown it safe. */
  String advice() {
    String next =
        switch (strength) {
          case NONE ->
              reported
                  ? "p=none only watches; once 30 days of reports show every source of yours"
                      + " aligned, p=quarantine is the next step"
                  : "p=none only watches, and nobody reports to you; add rua=mailto:… first";
          case QUARANTINE ->
              reported
                  ? "p=quarantine is in force; once 30 more days of reports show every source"
                      + " aligned, p=reject is the last step"
                  : "p=quarantine is in force, and nobody reports to you; add rua=mailto:…";
          case REJECT ->
              reported
                  ? "p=reject is in force: mail that is not aligned is refused"
                  : "p=reject is in force, and nobody reports to you; add rua=mailto:…";
        };
    return next
        + (testing ? "; t=y has receivers apply one step less" : "")
        + (outdated ? "; pct is no longer heeded (RFC 9989), so take it out" : "");
  }
}
