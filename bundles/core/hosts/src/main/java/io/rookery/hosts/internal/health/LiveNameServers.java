// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks resolvers in their order (RFC 1035), each once. Nothing is kept. Thread-safe. */
final class LiveNameServers implements NameServers {

  static {
    // As for mailboxes: whoever uses it last says when it is over.
    System.setProperty("dnsjava.nio.register_shutdown_hook", "false");
  }

  private final List<SimpleResolver> resolvers;

  /**
   * Asks resolvers, or those of the system where the list is empty.
   *
   * @param list addresses with ports, separated by commas
   */
  LiveNameServers(String list, Duration timeout) {
    List<InetSocketAddress> given =
        Stream.of(list.split(","))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .map(LiveNameServers::address)
            .toList();
    List<InetSocketAddress> all =
        given.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : given;
    resolvers = all.stream().map(it -> resolver(it, timeout)).toList();
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = colon < 0 ? text : text.substring(0, colon);
      int port = colon < 0 ? 53 : Integer.parseInt(text.substring(colon + 1));
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("Not a resolver such as 192.0.2.53:53: " + text, e);
    }
  }

  private static SimpleResolver resolver(InetSocketAddress address, Duration timeout) {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTimeout(timeout);
    return resolver;
  }

  @Override
  public Optional<List<String>> ask(String name, String type) {
    Message query;
    try {
      query =
          Message.newQuery(
              Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN));
    } catch (TextParseException e) {
      return Optional.of(List.of());
    }
    for (SimpleResolver resolver : resolvers) {
      try {
        Message reply = resolver.send(query);
        if (reply.getRcode() == Rcode.NOERROR || reply.getRcode() == Rcode.NXDOMAIN) {
          return Optional.of(values(reply));
        }
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> values(Message reply) {
    return reply.getSection(Section.ANSWER).stream()
        .flatMap(record -> Stream.ofNullable(value(record)))
        .toList();
  }

  private static String value(Record record) {
    if (record instanceof ARecord a) {
      return a.getAddress().getHostAddress();
    } else if (record instanceof AAAARecord aaaa) {
      return aaaa.getAddress().getHostAddress();
    } else if (record instanceof PTRRecord ptr) {
      return ptr.getTarget().toString(true).toLowerCase(Locale.ROOT);
    }
    return null;
  }
}
