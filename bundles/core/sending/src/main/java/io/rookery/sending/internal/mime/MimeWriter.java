// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a mail as MIME (RFC 5322, RFC 2045, RFC 2046): text alone, or text and HTML as
 * alternatives. Lines end with CRLF and stay within 998 octets. Stateless; thread-safe.
 */
public final class MimeWriter {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MimeWriter() {}

  /** Returns the whole message. */
  public static byte[] write(Mail mail) {
    int size = mail.text().length() + (mail.html() == null ? 0 : mail.html().length());
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + size / 8 + 2048);
    headers(mail, out);
    if (mail.html() == null) {
      part("text/plain", mail.text(), out);
    } else {
      alternatives(mail, out);
    }
    return out.toByteArray();
  }

  private static void headers(Mail mail, ByteArrayOutputStream out) {
    header("From", HeaderText.mailbox(mail.fromName(), mail.from()), out);
    header("To", mail.to(), out);
    header("Subject", HeaderText.unstructured("Subject", mail.subject()), out);
    header("Date", DATE.format(mail.date()), out);
    header("Message-ID", Mail.messageId(mail.id(), mail.host()), out);
    optional("Reply-To", mail.replyTo(), out);
    if (mail.unsubscribeUri() != null) {
      header("List-Unsubscribe", "<" + mail.unsubscribeUri() + ">", out);
      header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", out);
    }
    optional("List-Id", mail.listId(), out);
    optional("Feedback-ID", mail.feedbackId(), out);
    header("MIME-Version", "1.0", out);
  }

  private static void alternatives(Mail mail, ByteArrayOutputStream out) {
    // "=_" cannot stand in quoted-printable text, so no part can hold the boundary.
    String boundary = "=_" + mail.id().toString().replace("-", "");
    header("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"", out);
    line("", out);
    line("--" + boundary, out);
    part("text/plain", mail.text(), out);
    line("--" + boundary, out);
    part("text/html", mail.html(), out);
    line("--" + boundary + "--", out);
  }

  private static void part(String type, String text, ByteArrayOutputStream out) {
    header("Content-Type", type + "; charset=utf-8", out);
    header("Content-Transfer-Encoding", "quoted-printable", out);
    line("", out);
    QuotedPrintable.encode(text, out);
    line("", out);
  }

  private static void optional(String name, String value, ByteArrayOutputStream out) {
    if (value != null) {
      header(name, HeaderText.clean(value), out);
    }
  }

  private static void header(String name, String value, ByteArrayOutputStream out) {
    line(name + ": " + value, out);
  }

  private static void line(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }
}
