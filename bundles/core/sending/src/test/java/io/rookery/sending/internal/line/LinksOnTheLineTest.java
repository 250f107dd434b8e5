// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Capability;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which host the links in a mail lead to. */
class LinksOnTheLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void clicksShouldLeadToTheTenantsHostAndWhoLeavesToThePublicOne() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);

    MimeMessage mail = sent(fixture);
    assertThat(html(mail)).startsWith("<a href=\"https://links.heron.example/t/c/");
    assertThat(mail.getHeader("List-Unsubscribe", null)).startsWith("<https://links.example/u/");
  }

  @Test
  void withoutAVerifiedHostNoLinkShouldBeRewritten() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.linkAddress = null;

    MimeMessage mail = sent(fixture);
    assertThat(html(mail)).startsWith("<a href=\"null\">");
    assertThat(mail.getHeader("List-Unsubscribe", null)).startsWith("<https://links.example/u/");
  }

  @Test
  void caughtMailShouldBeCountedUnderThePublicAddress() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.linkAddress = null;
    backend.capabilities = Set.of(Capability.RAW_MIME, Capability.CATCHES_MAIL);

    assertThat(html(sent(fixture))).startsWith("<a href=\"https://links.example/t/c/");
  }

  private MimeMessage sent(LineFixture fixture) throws Exception {
    fixture.queue(1);
    line = fixture.line(DATABASE.leases(), backend);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(fixture.states()).isEqualTo(Map.of("accepted", 1)));
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(backend.messages.remove().content()));
  }

  private static String html(MimeMessage mail) throws Exception {
    return ((Multipart) mail.getContent()).getBodyPart(1).getContent().toString();
  }
}
