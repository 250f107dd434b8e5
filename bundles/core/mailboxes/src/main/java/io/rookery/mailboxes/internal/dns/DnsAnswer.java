// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

import java.util.List;

/**
 * What the name servers said.
 *
 * @param values the records: a TXT's strings joined as receivers join them, an MX as preference and
 *     host, names in lower case without a dot at their end
 * @param aliases the names that the answer was found through, in order; empty without a CNAME
 */
public record DnsAnswer(Kind kind, List<String> values, List<String> aliases) {

  /** The sorts of answers. */
  public enum Kind {
    /** There are such records. */
    FOUND,
    /** There is no such name, or it has no record of the type. */
    ABSENT,
    /** The name servers failed, refused or did not answer in time: nobody knows. */
    UNREACHABLE
  }

  /** Copies the lists. */
  public DnsAnswer {
    values = List.copyOf(values);
    aliases = List.copyOf(aliases);
  }

  /** Returns an answer that says that there is nothing. */
  public static DnsAnswer absent(List<String> aliases) {
    return new DnsAnswer(Kind.ABSENT, List.of(), aliases);
  }

  /** Returns that nobody knows. */
  public static DnsAnswer unreachable() {
    return new DnsAnswer(Kind.UNREACHABLE, List.of(), List.of());
  }

  /** Returns whether nobody knows. */
  public boolean isUnreachable() {
    return kind == Kind.UNREACHABLE;
  }
}
