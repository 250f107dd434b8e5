// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that a host is an alias of, in order.
 *
 * @param unreachable whether a name server kept the chain from its end
 */
record Aliases(List<String> names, boolean unreachable) {

  private static final int MOST = 8;

  /** Follows a host until it is no alias, or for eight steps, as a chain may be a circle. */
  static Aliases of(String host, Dns dns) {
    List<String> names = new ArrayList<>();
    String name = host;
    while (names.size() < MOST) {
      DnsAnswer answer = dns.ask(name, RecordType.CNAME);
      if (answer.isUnreachable()) {
        return new Aliases(names, true);
      } else if (answer.values().isEmpty()) {
        return new Aliases(names, false);
      }
      name = answer.values().get(0);
      names.add(name);
    }
    return new Aliases(names, false);
  }

  boolean leadTo(String target) {
    return names.contains(target);
  }
}
