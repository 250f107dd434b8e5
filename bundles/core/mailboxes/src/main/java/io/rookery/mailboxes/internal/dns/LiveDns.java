// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks resolvers by UDP, and by TCP what does not fit (RFC 1035, RFC 7766). Nothing is kept: a
 * record that somebody has just published is seen as soon as their servers and the resolvers tell
 * it. The first resolver that knows is believed; each is asked twice at most. Thread-safe.
 */
public final class LiveDns implements Dns {

  static {
    // See end(): the platform says itself when it is over.
    System.setProperty("dnsjava.nio.register_shutdown_hook", "false");
  }

  private static final int ROUNDS = 2;
  private static final int MOST_ALIASES = 8;

  private final List<SimpleResolver> resolvers;

  /**
   * Asks resolvers in their order.
   *
   * @param timeout how long to wait for one answer of one resolver
   */
  public LiveDns(List<InetSocketAddress> resolvers, Duration timeout) {
    this.resolvers = resolvers.stream().map(address -> resolver(address, timeout)).toList();
  }

  /**
   * Ends what the resolvers share, a thread and its sockets, which begin anew with the next
   * question. It has to come before their classes go: the thread would die of their loss, and the
   * hook by which the library waits for it would keep the process from ending for ever.
   */
  public static void end() {
    NioClient.close();
  }

  private static SimpleResolver resolver(InetSocketAddress address, Duration timeout) {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTimeout(timeout);
    return resolver;
  }

  @Override
  public DnsAnswer ask(String name, RecordType type) {
    List<String> aliases = new ArrayList<>();
    try {
      Name wanted = Name.fromString(name, Name.root);
      while (aliases.size() <= MOST_ALIASES) {
        Message reply = send(wanted, Type.value(type.name()));
        if (reply == null) {
          return DnsAnswer.unreachable();
        }
        Name end = follow(reply, wanted, type, aliases);
        List<String> values = values(reply, end, type);
        if (!values.isEmpty()) {
          return new DnsAnswer(DnsAnswer.Kind.FOUND, values, aliases);
        }
        if (end.equals(wanted) || reply.getRcode() == Rcode.NXDOMAIN) {
          return DnsAnswer.absent(aliases);
        }
        wanted = end;
      }
      return DnsAnswer.absent(aliases); // It leads in a circle, so nobody finds anything there.
    } catch (TextParseException e) {
      return DnsAnswer.absent(aliases);
    }
  }

  /** Returns the first answer of somebody who knows, or null. */
  private Message send(Name name, int type) {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    for (int round = 0; round < ROUNDS; round++) {
      for (SimpleResolver resolver : resolvers) {
        try {
          Message reply = resolver.send(query);
          if (reply.getRcode() == Rcode.NOERROR || reply.getRcode() == Rcode.NXDOMAIN) {
            return reply;
          }
        } catch (IOException e) {
          if (Thread.currentThread().isInterrupted()) {
            return null;
          }
        }
      }
    }
    return null;
  }

  /** Returns the name at the end of the aliases that a reply holds. */
  private static Name follow(Message reply, Name from, RecordType type, List<String> aliases) {
    Name name = from;
    while (type != RecordType.CNAME && aliases.size() <= MOST_ALIASES) {
      Name here = name;
      Name next =
          reply.getSection(Section.ANSWER).stream()
              .filter(record -> record instanceof CNAMERecord && record.getName().equals(here))
              .map(record -> ((CNAMERecord) record).getTarget())
              .findFirst()
              .orElse(null);
      if (next == null) {
        return name;
      }
      aliases.add(text(next));
      name = next;
    }
    return name;
  }

  private static List<String> values(Message reply, Name name, RecordType type) {
    return reply.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == Type.value(type.name()))
        .filter(record -> record.getName().equals(name))
        .map(LiveDns::value)
        .toList();
  }

  private static String value(Record record) {
    if (record instanceof TXTRecord txt) {
      return joined(txt);
    } else if (record instanceof MXRecord mx) {
      return mx.getPriority() + " " + text(mx.getTarget());
    } else if (record instanceof CNAMERecord cname) {
      return text(cname.getTarget());
    } else if (record instanceof ARecord a) {
      return a.getAddress().getHostAddress();
    } else if (record instanceof AAAARecord aaaa) {
      return aaaa.getAddress().getHostAddress();
    }
    return record.rdataToString();
  }

  /** Joins the strings without anything between them (RFC 6376 §3.6.2.2, RFC 7208 §3.3). */
  private static String joined(TXTRecord txt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    txt.getStringsAsByteArrays().forEach(bytes::writeBytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}
