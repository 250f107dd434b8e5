// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Name servers that know what a test has told them; follows its aliases as resolvers do. */
public final class FakeDns implements Dns {

  private final Map<String, List<String>> records = new HashMap<>();
  private final Set<String> failing = new HashSet<>();

  /** Every question, in order. */
  public final List<String> asked = new ArrayList<>();

  /** Adds a record; several of a name and type stand side by side. */
  public FakeDns with(String name, RecordType type, String value) {
    records.computeIfAbsent(type + " " + name, key -> new ArrayList<>()).add(value);
    return this;
  }

  /** Adds a TXT record. */
  public FakeDns txt(String name, String value) {
    return with(name, RecordType.TXT, value);
  }

  /** Takes all records of a name and type away. */
  public FakeDns without(String name, RecordType type) {
    records.remove(type + " " + name);
    return this;
  }

  /** Has the servers of a name fail. */
  public FakeDns failing(String name) {
    failing.add(name);
    return this;
  }

  /** Has all servers answer again. */
  public FakeDns mended() {
    failing.clear();
    return this;
  }

  @Override
  public DnsAnswer ask(String name, RecordType type) {
    asked.add(type + " " + name);
    List<String> aliases = new ArrayList<>();
    String at = name;
    while (true) {
      if (failing.contains(at)) {
        return DnsAnswer.unreachable();
      }
      List<String> found = records.getOrDefault(type + " " + at, List.of());
      if (!found.isEmpty()) {
        return new DnsAnswer(DnsAnswer.Kind.FOUND, found, aliases);
      }
      List<String> alias = records.getOrDefault(RecordType.CNAME + " " + at, List.of());
      if (alias.isEmpty() || aliases.size() > 8) {
        return DnsAnswer.absent(aliases);
      }
      at = alias.get(0);
      aliases.add(at);
    }
  }
}
