// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.mime;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Takes mails apart. Content handlers play no part, as they are found by the thread's class loader
 * and a mailcap file; parts are read as streams.
 */
public final class MailParser {

  private static final int DEPTH = 10;

  /** Takes a whole mail apart; what cannot be read is shown as it stands. */
  public ParsedMail parse(byte[] content) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(MailParser.class.getClassLoader());
    try {
      return read(new MimeMessage(null, new ByteArrayInputStream(content)));
    } catch (MessagingException | IOException e) {
      String source = new String(content, StandardCharsets.UTF_8);
      return new ParsedMail(null, null, null, null, List.of(), null, source);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ParsedMail read(MimeMessage message) throws MessagingException, IOException {
    List<ParsedMail.Header> headers = new ArrayList<>();
    Collections.list(message.getAllHeaders())
        .forEach(h -> headers.add(new ParsedMail.Header(h.getName(), decode(h.getValue()))));
    Bodies bodies = new Bodies();
    collect(message, bodies, DEPTH);
    return new ParsedMail(
        header(message, "Subject"),
        header(message, "From"),
        header(message, "To"),
        header(message, "Date"),
        List.copyOf(headers),
        bodies.html,
        bodies.text);
  }

  private static String header(MimeMessage message, String name) throws MessagingException {
    String value = message.getHeader(name, ", ");
    return value == null ? null : decode(value);
  }

  private static String decode(String value) {
    try {
      String utf8 = MimeUtility.unfold(value);
      return MimeUtility.decodeText(utf8);
    } catch (UnsupportedEncodingException e) {
      return value;
    }
  }

  private static void collect(MimePart part, Bodies bodies, int depth)
      throws MessagingException, IOException {
    if (depth == 0 || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
      return;
    }
    if (part.isMimeType("multipart/*")) {
      MimeMultipart parts = new MimeMultipart(new MimePartDataSource(part));
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart child = parts.getBodyPart(i);
        if (child instanceof MimePart inner) {
          collect(inner, bodies, depth - 1);
        }
      }
    } else if (part.isMimeType("text/html") && bodies.html == null) {
      bodies.html = text(part);
    } else if (part.isMimeType("text/plain") && bodies.text == null) {
      bodies.text = text(part);
    }
  }

  private static String text(MimePart part) throws MessagingException, IOException {
    try (InputStream in = new MimePartDataSource(part).getInputStream()) {
      return new String(in.readAllBytes(), charset(part.getContentType()));
    }
  }

  private static Charset charset(String type) {
    try {
      String name = type == null ? null : new ContentType(type).getParameter("charset");
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
    } catch (MessagingException | IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static final class Bodies {
    private String html;
    private String text;
  }
}
