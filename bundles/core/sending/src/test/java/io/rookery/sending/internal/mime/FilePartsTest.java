// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.mime.Mail.Extras;
import io.rookery.sending.internal.mime.Mail.File;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Reads mails with files with Jakarta Mail, which knows nothing of who wrote them. */
class FilePartsTest {

  private static final UUID ID = UUID.fromString("019abc00-0000-7000-8000-000000000001");

  @Test
  void inlinePartsShouldStandBesideTheHtmlAndAttachmentsBehindItAll() throws Exception {
    byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 10, 13};
    byte[] document = octets(100_000);
    MimeMessage read =
        read(
            mail(
                "<img src=\"cid:logo\">",
                new File("logo.png", "image/png", "logo", picture),
                new File("bill.pdf", "application/pdf", null, document)));

    Multipart mixed = multipart(read.getContent(), "multipart/mixed", 2);
    Multipart alternative = multipart(mixed.getBodyPart(0).getContent(), "alternative", 2);
    assertThat(alternative.getBodyPart(0).getContent().toString().strip()).isEqualTo("text");
    Multipart related = multipart(alternative.getBodyPart(1).getContent(), "related", 2);
    assertThat(related.getBodyPart(0).getContentType()).startsWith("text/html");
    MimeBodyPart inline = (MimeBodyPart) related.getBodyPart(1);
    assertThat(inline.getContentID()).isEqualTo("<logo>");
    assertThat(inline.getDisposition()).isEqualTo("inline");
    assertThat(inline.getInputStream().readAllBytes()).isEqualTo(picture);
    BodyPart attached = mixed.getBodyPart(1);
    assertThat(attached.getDisposition()).isEqualTo("attachment");
    assertThat(attached.getFileName()).isEqualTo("bill.pdf");
    assertThat(attached.getContentType()).isEqualTo("application/pdf");
    assertThat(attached.getInputStream().readAllBytes()).isEqualTo(document);
  }

  @Test
  void everyNameShouldComeBackAsItWas() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      String name = name(random, 1 + random.nextInt(200));
      byte[] wire = MimeWriter.write(mail(null, new File(name, "text/plain", null, octets(i))));
      MimeMessage read = new MimeMessage(session(), new ByteArrayInputStream(wire));

      BodyPart part = multipart(read.getContent(), "multipart/mixed", 2).getBodyPart(1);
      assertThat(part.getFileName()).isEqualTo(name);
      assertThat(part.getInputStream().readAllBytes()).isEqualTo(octets(i));
      assertThat(new String(wire, StandardCharsets.US_ASCII).split("\r\n"))
          .allMatch(line -> line.length() <= 78, name);
    }
  }

  @Test
  void anInlinePartWithoutHtmlShouldBeAnAttachment() throws Exception {
    MimeMessage read = read(mail(null, new File(null, "image/png", "logo", octets(9))));

    Multipart mixed = multipart(read.getContent(), "multipart/mixed", 2);
    assertThat(mixed.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(mixed.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(octets(9));
  }

  @Test
  void aMailWithoutFilesShouldHaveNoMorePartsThanBefore() throws Exception {
    assertThat(new String(MimeWriter.write(mail("<p>x</p>")), StandardCharsets.US_ASCII))
        .contains("multipart/alternative")
        .doesNotContain("multipart/mixed")
        .doesNotContain("multipart/related");
  }

  @Test
  void furtherHeadersShouldBeWrittenFoldedAndWithoutLineBreaksOfTheirOwn() throws Exception {
    String references = "<a@example.org> ".repeat(20).strip();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("References", references);
    headers.put("Importance", "high\r\nBcc: thief@example.org");
    byte[] wire = MimeWriter.write(mail(null, new Extras(headers, List.of())));

    MimeMessage read = new MimeMessage(session(), new ByteArrayInputStream(wire));
    assertThat(read.getHeader("References", null).replaceAll("\\s+", " ")).isEqualTo(references);
    assertThat(read.getHeader("Bcc")).isNull();
    assertThat(new String(wire, StandardCharsets.US_ASCII).lines()).allMatch(l -> l.length() < 78);
  }

  private static Multipart multipart(Object content, String type, int parts) throws Exception {
    Multipart multipart = (Multipart) content;
    assertThat(multipart.getContentType()).contains(type);
    assertThat(multipart.getCount()).isEqualTo(parts);
    return multipart;
  }

  private static String name(Random random, int length) {
    int[] points = "abc .=-_'()%*;\"\\Äß€字🐦".codePoints().toArray();
    StringBuilder out = new StringBuilder("x");
    for (int i = 1; i < length; i++) {
      out.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return out.append('x').toString();
  }

  private static byte[] octets(int count) {
    byte[] octets = new byte[count];
    new Random(count).nextBytes(octets);
    return octets;
  }

  private static Mail mail(String html, File... files) {
    return mail(html, new Extras(Map.of(), List.of(files)));
  }

  private static Mail mail(String html, Extras extras) {
    return new Mail(
        ID,
        "example.com",
        "news@example.com",
        "News",
        "bob@example.org",
        null,
        "Subject",
        Instant.parse("2026-11-23T10:15:30Z"),
        null,
        null,
        null,
        html,
        "text",
        extras);
  }

  private static MimeMessage read(Mail mail) throws Exception {
    return new MimeMessage(session(), new ByteArrayInputStream(MimeWriter.write(mail)));
  }

  private static Session session() {
    return Session.getInstance(new Properties());
  }
}
