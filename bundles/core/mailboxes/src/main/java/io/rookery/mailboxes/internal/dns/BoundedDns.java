// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The questions of one check of one domain: each is asked once, and once the time is used up the
 * rest counts as unreachable, so that slow name servers cannot hold a check for long. Not
 * thread-safe.
 */
public final class BoundedDns implements Dns {

  private record Question(String name, RecordType type) {}

  private final Dns dns;
  private final LongSupplier nanos;
  private final long deadline;
  private final Map<Question, DnsAnswer> known = new HashMap<>();

  /** Begins to count the time by a monotonic clock. */
  public BoundedDns(Dns dns, Duration time, LongSupplier nanos) {
    this.dns = dns;
    this.nanos = nanos;
    this.deadline = nanos.getAsLong() + time.toNanos();
  }

  @Override
  public DnsAnswer ask(String name, RecordType type) {
    Question question = new Question(name, type);
    DnsAnswer answer = known.get(question);
    if (answer == null) {
      answer = nanos.getAsLong() - deadline >= 0 ? DnsAnswer.unreachable() : dns.ask(name, type);
      known.put(question, answer);
    }
    return answer;
  }
}
