// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import io.rookery.sending.internal.mime.Mail;
import io.rookery.spi.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A mail with its signatures, and what must be true of it once it has arrived.
 *
 * @param mail what was to be sent
 * @param domain whose keys sign it
 * @param content the signed message
 */
record SignedMail(Mail mail, SigningDomain domain, byte[] content) {

  RawMessage toRaw() {
    boolean eightBit = mail.to().chars().anyMatch(c -> c > 126);
    return new RawMessage(mail.id(), mail.from(), List.of(mail.to()), content, eightBit);
  }

  /** Returns what the verifier must find, and nothing else. */
  Set<String> wanted() {
    Set<String> wanted = new TreeSet<>();
    for (String selector : domain.selectors()) {
      wanted.add("R_DKIM_ALLOW " + domain.name() + ":s=" + selector);
    }
    return wanted;
  }

  /** Returns what the header of the message that arrived lacks, as sentences. */
  static List<String> lacks(SignedMail sent, byte[] arrived) {
    List<String> lacks = new ArrayList<>();
    String text = new String(arrived, StandardCharsets.UTF_8);
    String header = text.substring(0, text.indexOf("\r\n\r\n")).replaceAll("\r\n(?=[ \t])", "");
    String from = sent.mail().from();
    String author = from.substring(from.indexOf('@') + 1);
    String signer = sent.domain().name();
    if (!author.equals(signer) && !author.endsWith("." + signer)) {
      lacks.add("d= is not aligned");
    }
    boolean listed = header.contains("\r\nList-Unsubscribe: ");
    if (listed != (sent.mail().unsubscribeUri() != null)) {
      lacks.add("List-Unsubscribe did not arrive");
    }
    for (String field : header.split("\r\n")) {
      if (field.startsWith("DKIM-Signature:")) {
        String names = field.replaceAll(".*\\bh=([^;]*);.*", "$1").replace(" ", "");
        List<String> signed = Arrays.asList(names.split(":"));
        if (listed && !signed.contains("List-Unsubscribe")) {
          lacks.add("h= is without List-Unsubscribe");
        }
        if (listed && !signed.contains("List-Unsubscribe-Post")) {
          lacks.add("h= is without List-Unsubscribe-Post");
        }
      }
    }
    return lacks;
  }
}
