// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.check.IpNetwork;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/** Reads the operator's configuration; throws with the key and what is wrong with its value. */
final class Configured {

  private static final int DNS_PORT = 53;

  private Configured() {}

  static DomainSettings settings(DomainConfiguration configuration, PublicAddress links) {
    return new DomainSettings(
        label("return_path.label", configuration.return__path_label()),
        label("tracking.label", configuration.tracking_label()),
        host("return_path.target", configuration.return__path_target()),
        words(configuration.return__path_mx()).stream()
            .map(name -> host("return_path.mx", name))
            .toList(),
        host("spf.include", configuration.spf_include()),
        words(configuration.spf_networks()).stream().map(Configured::network).toList(),
        configuration.tracking_target().isBlank()
            ? links.host().orElse(null)
            : host("tracking.target", configuration.tracking_target()),
        reports(configuration.dmarc_reports()));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static String label(String key, String text) {
    if (!text.matches("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?")) {
      throw wrong(key, text, "is a label of at most 30 letters, digits and inner hyphens");
    }
    return text;
  }

  private static String host(String key, String text) {
    if (text.isBlank()) {
      return null;
    }
    return EmailAddresses.domain(text)
        .orElseThrow(() -> wrong(key, text, "is a host name such as mail.example.com"));
  }

  private static IpNetwork network(String text) {
    return IpNetwork.parse(text)
        .orElseThrow(() -> wrong("spf.networks", text, "is an address or a network in CIDR form"));
  }

  private static String reports(String text) {
    if (text.isBlank()) {
      return null;
    }
    return EmailAddresses.wire(text)
        .orElseThrow(() -> wrong("dmarc.reports", text, "is an e-mail address"));
  }

  static List<InetSocketAddress> resolvers(DomainConfiguration configuration) {
    List<String> words = words(configuration.dns_resolvers());
    return words.isEmpty()
        ? ResolverConfig.getCurrentConfig().servers()
        : words.stream().map(Configured::resolver).toList();
  }

  /** An address is read without asking anybody for it. */
  private static InetSocketAddress resolver(String text) {
    int colon = text.lastIndexOf(':');
    boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    String address = (port ? text.substring(0, colon) : text).replaceAll("^\\[|]$", "");
    try {
      return new InetSocketAddress(
          IpNetwork.parse(address).orElseThrow(NumberFormatException::new).address(),
          port ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT);
    } catch (IllegalArgumentException e) { // No address, no number, or no port.
      throw wrong("dns.resolvers", text, "is an address, with or without a port");
    }
  }

  private static IllegalArgumentException wrong(String key, String text, String rule) {
    return new IllegalArgumentException(
        "etc/%s.cfg: %s %s, which %s is not".formatted(DomainConfiguration.PID, key, rule, text));
  }
}
