// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The walk up the tree that finds a domain's DMARC record and its organizational domain (RFC 9989
 * §4.10).
 *
 * @param domain where it began
 * @param records the valid records by the names they stand for, from the longest name on
 * @param doubled what stood at the domain itself where there was more than one, all discarded
 * @param unreachable whether a name server kept the walk from its end
 */
record DmarcWalk(
    String domain, Map<String, String> records, List<String> doubled, boolean unreachable) {

  private static final int LABELS_OF_A_LONG_NAME = 8;

  static DmarcWalk of(String domain, Dns dns) {
    Map<String, String> records = new LinkedHashMap<>();
    List<String> doubled = List.of();
    for (String name : names(domain)) {
      DnsAnswer answer = dns.ask("_dmarc." + name, RecordType.TXT);
      if (answer.isUnreachable()) {
        return new DmarcWalk(domain, records, doubled, true);
      }
      List<String> found = answer.values().stream().filter(DmarcWalk::isRecord).toList();
      if (found.size() == 1) {
        records.put(name, found.get(0));
        if (psd(found.get(0)).isPresent()) {
          break;
        }
      } else if (found.size() > 1 && name.equals(domain)) {
        doubled = found;
      }
    }
    return new DmarcWalk(domain, records, doubled, false);
  }

  /** Returns the names that are asked, eight at most. */
  private static List<String> names(String domain) {
    List<String> names = new ArrayList<>(List.of(domain));
    List<String> labels = new ArrayList<>(List.of(domain.split("\\.")));
    while (labels.size() > LABELS_OF_A_LONG_NAME) {
      labels.remove(0);
    }
    while (labels.size() > 1) {
      labels.remove(0);
      names.add(String.join(".", labels));
    }
    return names;
  }

  private static boolean isRecord(String text) {
    return TagList.parse(text).begins("v", "DMARC1");
  }

  private static Optional<String> psd(String record) {
    return TagList.parse(record).get("psd").filter(value -> value.equals("y") || value.equals("n"));
  }

  /** Returns the organizational domain (RFC 9989 §4.10.2). */
  String organisation() {
    String last = domain;
    for (Map.Entry<String, String> record : records.entrySet()) {
      last = record.getKey();
      if (psd(record.getValue()).filter("y"::equals).isPresent() && !last.equals(domain)) {
        return below(last);
      }
    }
    return last;
  }

  /** Returns the name between a public suffix and the domain, one label longer than the former. */
  private String below(String suffix) {
    String rest = domain.substring(0, domain.length() - suffix.length() - 1);
    return rest.substring(rest.lastIndexOf('.') + 1) + "." + suffix;
  }

  /** Returns where the record that applies to the domain stands: its own comes first. */
  Optional<String> place() {
    if (records.containsKey(domain)) {
      return Optional.of(domain);
    }
    String organisation = organisation();
    return records.containsKey(organisation)
        ? Optional.of(organisation)
        : records.keySet().stream().reduce((first, second) -> second);
  }
}
