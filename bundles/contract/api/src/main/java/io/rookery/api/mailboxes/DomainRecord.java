// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.util.List;
import java.util.Objects;

/**
 * A DNS record that a sending domain should have, and what was last seen of it.
 *
 * @param purpose what it is for
 * @param host the whole name that it stands at, in A-labels without a dot at its end
 * @param type {@code TXT}, {@code CNAME} or {@code MX}
 * @param value what it should say, in one piece; null where the operator has not configured it, and
 *     for an SPF record that is to be added to one that is not known. An MX's preference stands
 *     before its host
 * @param required whether the domain is verified only with it; the others are advice
 * @param note what a person should know before publishing it
 * @param verdict what was last seen, or null before the first check
 * @param found what stood there then, shortened; another's words, to be shown as text alone
 * @param advice what to do about it in a sentence, or null where there is nothing to say
 */
public record DomainRecord(
    RecordPurpose purpose,
    String host,
    String type,
    String value,
    boolean required,
    String note,
    RecordVerdict verdict,
    List<String> found,
    String advice) {

  /** The longest string that a TXT record may hold (RFC 1035 §3.3.14), in bytes. */
  public static final int LONGEST_STRING = 255;

  /** Checks and copies. */
  public DomainRecord {
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(type, "type");
    found = List.copyOf(found);
  }
}
