// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What name servers say of a host's address. */
final class NameChecks {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Of an address with more names than so many, only the first count. */
  private static final int MOST_NAMES = 10;

  private final NameServers names;
  private final List<String> blockLists;

  NameChecks(NameServers names, List<String> blockLists) {
    this.names = names;
    this.blockLists = blockLists;
  }

  /** Returns the addresses of a host, IPv4 first; none where nobody knows one. */
  List<InetAddress> addresses(String host) {
    List<String> texts = new ArrayList<>();
    if (LITERAL.matcher(host).matches()) {
      texts.add(host);
    } else {
      names.ask(host, "A").ifPresent(texts::addAll);
      names.ask(host, "AAAA").ifPresent(texts::addAll);
    }
    return texts.stream().flatMap(it -> literal(it).stream()).toList();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Looks whether an address leads to the name that the host greets by, and that back to it.
   *
   * @param greeting the name, or empty where the host greets by none
   */
  Finding reverseName(InetAddress address, Optional<String> greeting) {
    String text = address.getHostAddress();
    Optional<List<String>> pointers = names.ask(reversed(address) + arpa(address), "PTR");
    if (pointers.isEmpty()) {
      return Finding.unknown("no_answer", "No name server answers for the reverse of " + text);
    }
    List<String> confirmed =
        pointers.get().stream().limit(MOST_NAMES).filter(name -> leadsTo(name, address)).toList();
    if (confirmed.isEmpty()) {
      return Finding.failed(
          "unconfirmed",
          "No reverse name of %s leads back to it; have the provider set it to the host's name, and publish that name's address"
              .formatted(text));
    }
    if (greeting.isEmpty()) {
      return Finding.unknown("no_greeting", "No mail server greets there; its address has a name");
    }
    return confirmed.contains(greeting.get())
        ? Finding.ok("confirmed", "The address and the name %s agree".formatted(greeting.get()))
        : Finding.failed(
            "other_name",
            "The mail server greets as %s, but its address is called %s; make them the same"
                .formatted(greeting.get(), confirmed.get(0)));
  }

  private boolean leadsTo(String name, InetAddress address) {
    String type = address instanceof Inet4Address ? "A" : "AAAA";
    return names.ask(name, type).orElse(List.of()).stream()
        .flatMap(it -> literal(it).stream())
        .anyMatch(address::equals);
  }

  /** Looks whether an address stands on block lists (RFC 5782 §2). */
  Finding blockLists(InetAddress address) {
    List<String> listed = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (String zone : blockLists) {
      Optional<List<String>> answer = names.ask(reversed(address) + zone, "A");
      if (answer.isEmpty() || answer.get().stream().anyMatch(NameChecks::isRefusal)) {
        silent.add(zone);
      } else if (answer.get().stream().anyMatch(it -> it.startsWith("127."))) {
        listed.add(zone);
      }
    }
    if (!listed.isEmpty()) {
      return Finding.failed(
          "listed",
          "The address is listed by %s; find out what was sent from it, stop that, then ask to be taken off"
              .formatted(String.join(", ", listed)));
    }
    return silent.isEmpty()
        ? Finding.ok("not_listed", "The address is on none of the lists that are asked")
        : Finding.unknown(
            "not_answered",
            "Not answered by %s; a list may refuse resolvers that many use"
                .formatted(String.join(", ", silent)));
  }

  /** 127.255.255.x says that the query was refused, not that anything is listed. */
  private static boolean isRefusal(String answer) {
    return answer.startsWith("127.255.255.");
  }

  private static String arpa(InetAddress address) {
    return address instanceof Inet4Address ? "in-addr.arpa" : "ip6.arpa";
  }

  /** Returns an address as it is asked for: backwards, by bytes or by half bytes. */
  static String reversed(InetAddress address) {
    List<String> parts = new ArrayList<>();
    for (byte one : address.getAddress()) {
      if (address instanceof Inet4Address) {
        parts.add(Integer.toString(one & 0xff));
      } else {
        parts.add(Integer.toHexString(one >> 4 & 0xf));
        parts.add(Integer.toHexString(one & 0xf));
      }
    }
    Collections.reverse(parts);
    return String.join(".", parts) + ".";
  }
}
