// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes a mail as MIME (RFC 5322, RFC 2045, RFC 2046): text alone, or text and HTML as
 * alternatives. Inline parts stand beside the HTML (RFC 2387), attachments behind it all. Lines end
 * with CRLF and stay within 998 octets. Stateless; thread-safe.
 */
public final class MimeWriter {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  // No boundary begins another one (RFC 2046 §5.1.1). "=_" can stand neither in quoted-printable
  // text nor in base64, so no part can hold one.
  private static final String ALTERNATIVE = "=_";
  private static final String RELATED = "=_r";
  private static final String MIXED = "=_m";

  private MimeWriter() {}

  /** Returns the whole message. */
  public static byte[] write(Mail mail) {
    int size = mail.text().length() + (mail.html() == null ? 0 : mail.html().length());
    int files = FileParts.size(mail.extras().files());
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + size / 8 + files + 2048);
    headers(mail, out);
    List<Mail.File> attachments = FileParts.attachments(mail);
    if (attachments.isEmpty()) {
      body(mail, out);
    } else {
      String boundary = begin("mixed", MIXED, mail, out);
      body(mail, out);
      for (Mail.File file : attachments) {
        line("--" + boundary, out);
        FileParts.write(file, out);
      }
      line("--" + boundary + "--", out);
    }
    return out.toByteArray();
  }

  private static void body(Mail mail, ByteArrayOutputStream out) {
    if (mail.html() == null) {
      part("text/plain", mail.text(), out);
    } else {
      alternatives(mail, out);
    }
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
    mail.extras().headers().forEach((name, value) -> header(name, folded(name, value), out));
    header("MIME-Version", "1.0", out);
  }

  private static void alternatives(Mail mail, ByteArrayOutputStream out) {
    String boundary = begin("alternative", ALTERNATIVE, mail, out);
    part("text/plain", mail.text(), out);
    line("--" + boundary, out);
    html(mail, out);
    line("--" + boundary + "--", out);
  }

  private static void html(Mail mail, ByteArrayOutputStream out) {
    List<Mail.File> inline = FileParts.inline(mail);
    if (inline.isEmpty()) {
      part("text/html", mail.html(), out);
      return;
    }
    String boundary = begin("related", RELATED, mail, out);
    part("text/html", mail.html(), out);
    for (Mail.File file : inline) {
      line("--" + boundary, out);
      FileParts.write(file, out);
    }
    line("--" + boundary + "--", out);
  }

  /** Begins a multipart and its first part; returns the boundary. */
  private static String begin(String subtype, String mark, Mail mail, ByteArrayOutputStream out) {
    String boundary = mark + mail.id().toString().replace("-", "");
    // RFC 2387 §3.1 asks a multipart/related for the type of its root.
    String type = subtype.equals("related") ? "; type=\"text/html\"" : "";
    header("Content-Type", "multipart/" + subtype + type + "; boundary=\"" + boundary + "\"", out);
    line("", out);
    line("--" + boundary, out);
    return boundary;
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

  private static String folded(String name, String value) {
    return HeaderText.folded(name, HeaderText.clean(value));
  }

  static void header(String name, String value, ByteArrayOutputStream out) {
    line(name + ": " + value, out);
  }

  static void line(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }
}
