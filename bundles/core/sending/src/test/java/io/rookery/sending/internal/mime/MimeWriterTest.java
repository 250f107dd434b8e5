// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Reads what the writer writes with Jakarta Mail, which knows nothing of it. */
class MimeWriterTest {

  private static final UUID ID = UUID.fromString("019abc00-0000-7000-8000-000000000001");
  private static final Instant DATE = Instant.parse("2026-11-23T10:15:30Z");

  @Test
  void jakartaMailShouldReadBackEveryHeaderAndPart() throws Exception {
    MimeMessage read =
        read(mail("Grüße, 世界 🐦", "Krähe & Söhne, \"Vögel\"", "<p>Käse</p>", "Käse"));

    assertThat(read.getSubject()).isEqualTo("Grüße, 世界 🐦");
    InternetAddress from = (InternetAddress) read.getFrom()[0];
    assertThat(from.getPersonal()).isEqualTo("Krähe & Söhne, \"Vögel\"");
    assertThat(from.getAddress()).isEqualTo("news@example.com");
    assertThat(read.getMessageID()).isEqualTo("<019abc00000070008000000000000001@example.com>");
    assertThat(read.getSentDate().toInstant()).isEqualTo(DATE);
    assertThat(read.getHeader("List-Unsubscribe", null)).isEqualTo("<https://x.example/u/t>");
    assertThat(read.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    Multipart parts = (Multipart) read.getContent();
    assertThat(parts.getContentType()).contains("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Käse");
    assertThat(parts.getBodyPart(1).getContentType()).contains("text/html").contains("utf-8");
    assertThat(parts.getBodyPart(1).getContent().toString().strip()).isEqualTo("<p>Käse</p>");
  }

  @Test
  void anyTextShouldComeBackAsItWas() throws Exception {
    Random random = new Random(17);
    for (int i = 0; i < 300; i++) {
      String text = text(random, 1 + random.nextInt(3000));
      String subject = text(random, 1 + random.nextInt(200)).replaceAll("\\R", " ").strip() + "x";
      byte[] wire = MimeWriter.write(mail(subject, "A", text, text));
      MimeMessage read = new MimeMessage(session(), new ByteArrayInputStream(wire));

      assertThat(read.getSubject()).isEqualTo(HeaderText.clean(subject));
      String got = ((Multipart) read.getContent()).getBodyPart(1).getContent().toString();
      assertThat(got).isEqualTo(text.replaceAll("\r\n|\r|\n", "\r\n"));
      for (String line : new String(wire, StandardCharsets.UTF_8).split("\r\n", -1)) {
        assertThat(line.length()).isLessThanOrEqualTo(998);
        assertThat(line).doesNotContain("\n").doesNotContain("\r").isNotEqualTo(".");
      }
    }
  }

  @Test
  void mergedTextShouldNeverBeginAHeaderOfItsOwn() throws Exception {
    MimeMessage read =
        read(mail("Hi\r\nBcc: thief@example.org", "Eve\nReply-To: eve@example.org", null, "x"));

    assertThat(read.getHeader("Bcc")).isNull();
    assertThat(read.getHeader("Reply-To")).isNull();
    assertThat(read.getSubject()).isEqualTo("Hi  Bcc: thief@example.org");
  }

  @Test
  void aLongAsciiSubjectShouldBeFoldedAndComeBack() throws Exception {
    String subject = "word ".repeat(60).strip();
    byte[] wire = MimeWriter.write(mail(subject, "A", null, "x"));

    MimeMessage read = new MimeMessage(session(), new ByteArrayInputStream(wire));
    assertThat(read.getSubject()).isEqualTo(subject);
    assertThat(new String(wire, StandardCharsets.UTF_8).lines()).allMatch(l -> l.length() <= 78);
  }

  private static String text(Random random, int length) {
    String alphabet = "abc .=\t-_ÄΩ€字🐦<>&\"'\\?\n";
    int[] points = alphabet.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return out.toString();
  }

  private static Mail mail(String subject, String name, String html, String text) {
    return new Mail(
        ID,
        "example.com",
        "news@example.com",
        name,
        "bob@example.org",
        null,
        subject,
        DATE,
        "https://x.example/u/t",
        "<list.example.com>",
        "c:t:campaign:rookery",
        html,
        text);
  }

  private static MimeMessage read(Mail mail) throws Exception {
    return new MimeMessage(session(), new ByteArrayInputStream(MimeWriter.write(mail)));
  }

  private static Session session() {
    return Session.getInstance(new Properties());
  }
}
