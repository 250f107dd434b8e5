// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

/** Asks name servers. */
@FunctionalInterface
public interface Dns {

  /**
   * Asks for the records of a name, a CNAME followed unless it is what is asked for. Never throws:
   * what goes wrong on the way is an answer too.
   *
   * @param name a whole name, with or without a dot at its end
   */
  DnsAnswer ask(String name, RecordType type);
}
