// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether each selector's public key is published as receivers read it (RFC 6376 §3.6.1). */
public final class DkimCheck implements DomainCheck {

  /** How long a retired selector's record stays, for mail that is under way. */
  public static final Duration GRACE = Duration.ofHours(48);

  private static final Pattern KEY = Pattern.compile("(^|[;\\s])p\\s*=");

  /** Makes the check. */
  public DkimCheck() {}

  @Override
  public List<CheckResult> check(DomainSubject subject, Dns dns) {
    return subject.selectors().stream().map(selector -> one(subject, selector, dns)).toList();
  }

  /** Returns the name that a selector's record stands at. */
  public static String host(String selector, String domain) {
    return selector + "._domainkey." + domain;
  }

  /** Returns what a selector's record says. */
  public static String value(DkimSelector selector) {
    return "v=DKIM1; k=" + keyType(selector) + "; p=" + selector.publicKey();
  }

  private static String keyType(DkimSelector selector) {
    return selector.algorithm() == Algorithm.RSA_SHA256 ? "rsa" : "ed25519";
  }

  private static CheckResult one(DomainSubject subject, DkimSelector selector, Dns dns) {
    String host = host(selector.name(), subject.name());
    DnsAnswer answer = dns.ask(host, RecordType.TXT);
    if (answer.isUnreachable()) {
      return new CheckResult(
          RecordPurpose.DKIM, host, RecordVerdict.UNREACHABLE, List.of(), Advice.UNREACHABLE);
    }
    if (isOver(selector, subject)) {
      return leftOver(host, answer);
    }
    List<String> keys = answer.values().stream().filter(DkimCheck::looksLikeKey).toList();
    if (keys.isEmpty()) {
      return missing(subject, host, answer, dns);
    }
    if (keys.size() > 1) {
      return new CheckResult(
          RecordPurpose.DKIM,
          host,
          RecordVerdict.DOUBLED,
          answer.values(),
          "Leave one TXT record at this name: of several, receivers take any (RFC 6376 §3.6.2.2)");
    }
    Optional<String> fault = fault(keys.get(0), selector);
    return new CheckResult(
        RecordPurpose.DKIM,
        host,
        fault.isPresent() ? RecordVerdict.WRONG : RecordVerdict.OK,
        answer.values(),
        fault.orElseGet(() -> remark(keys.get(0), selector)));
  }

  private static boolean looksLikeKey(String text) {
    return KEY.matcher(text).find();
  }

  private static boolean isOver(DkimSelector selector, DomainSubject subject) {
    return selector.retiredAt() != null && !selector.retiredAt().plus(GRACE).isAfter(subject.now());
  }

  private static CheckResult leftOver(String host, DnsAnswer answer) {
    boolean empty =
        answer.values().stream()
            .filter(DkimCheck::looksLikeKey)
            .allMatch(text -> isRevoked(TagList.parse(text)));
    return new CheckResult(
        RecordPurpose.DKIM,
        host,
        empty ? RecordVerdict.OK : RecordVerdict.WRONG,
        answer.values(),
        empty
            ? "The selector is out of use, and its record says so or is gone"
            : "The selector is out of use: empty its key to \"v=DKIM1; p=\", or take the record away");
  }

  private static CheckResult missing(
      DomainSubject subject, String host, DnsAnswer answer, Dns dns) {
    String twice = host + "." + subject.name();
    boolean appended =
        dns.ask(twice, RecordType.TXT).values().stream().anyMatch(DkimCheck::looksLikeKey);
    String advice = "Publish the TXT record at " + host;
    if (appended) {
      advice =
          "The record stands at "
              + twice
              + ": your provider adds the domain by itself, so enter only the part before it";
    } else if (!answer.values().isEmpty()) {
      advice = "What stands there is no DKIM key; publish the TXT record at " + host;
    }
    return new CheckResult(
        RecordPurpose.DKIM,
        host,
        answer.values().isEmpty() ? RecordVerdict.MISSING : RecordVerdict.WRONG,
        answer.values(),
        advice);
  }

  /** Returns what keeps receivers from using the record, or empty. */
  private static Optional<String> fault(String text, DkimSelector selector) {
    TagList tags = TagList.parse(text);
    String fault = null;
    if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
      fault = "Quotes or backslashes became part of the record; enter the value without them";
    } else if (!tags.clean() || (tags.get("v").isPresent() && !tags.begins("v", "DKIM1"))) {
      fault = "Receivers cannot read it; it must begin with v=DKIM1 and hold each tag once";
    } else if (isRevoked(tags)) {
      fault = "The key is empty, which revokes it; publish the whole value";
    } else if (!tags.get("k").orElse("rsa").equals(keyType(selector))) {
      fault = "The key type must be k=" + keyType(selector);
    } else if (!key(tags).equals(selector.publicKey())) {
      fault = "The key is another one or cut short; paste the whole value";
    } else if (!lists(tags, "h", "sha256") || !(lists(tags, "s", "email"))) {
      fault = "Its h= or s= keeps it from mail signed with SHA-256; leave both tags out";
    }
    return Optional.ofNullable(fault);
  }

  private static String remark(String text, DkimSelector selector) {
    if (selector.retiredAt() != null) {
      return "Another selector has taken over; leave this record until "
          + selector.retiredAt().plus(GRACE)
          + ", then empty its key";
    }
    boolean testing =
        TagList.parse(text).get("t").stream()
            .flatMap(flags -> Arrays.stream(flags.split(":")))
            .anyMatch(flag -> flag.strip().equals("y"));
    return testing ? "t=y says that this is a test; take it out once mail arrives" : null;
  }

  private static boolean isRevoked(TagList tags) {
    return tags.get("p").isPresent() && key(tags).isEmpty();
  }

  /** White space inside a key means nothing (RFC 6376 §3.6.1). */
  private static String key(TagList tags) {
    return tags.get("p").orElse("").replaceAll("\\s", "");
  }

  private static boolean lists(TagList tags, String tag, String value) {
    return tags.get(tag).stream()
            .flatMap(list -> Arrays.stream(list.split(":")))
            .map(String::strip)
            .anyMatch(item -> item.equals(value) || item.equals("*"))
        || tags.get(tag).isEmpty();
  }
}
