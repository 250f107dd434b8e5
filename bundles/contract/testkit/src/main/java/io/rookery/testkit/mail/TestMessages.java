// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Small messages to send in tests. */
public final class TestMessages {

  private TestMessages() {}

  /** Returns a message to one recipient. */
  public static RawMessage to(String recipient) {
    return to(List.of(recipient));
  }

  /** Returns a message to several recipients. */
  public static RawMessage to(List<String> recipients) {
    UUID id = Uuids.next();
    return new RawMessage(id, "sender@rookery.example", recipients, content(id, "Hello."), false);
  }

  /** Returns a message with a given body, which is ASCII. */
  public static RawMessage withBody(String body) {
    UUID id = Uuids.next();
    return new RawMessage(
        id, "sender@rookery.example", List.of(recipient()), content(id, body), false);
  }

  /** Returns some messages, each to a recipient of its own. */
  public static List<RawMessage> some(int count) {
    return IntStream.range(0, count).mapToObj(i -> to(recipient())).toList();
  }

  /** Returns an address that no other test uses. */
  public static String recipient() {
    return "r-" + UUID.randomUUID() + "@receiver.example";
  }

  private static byte[] content(UUID id, String body) {
    String text =
        """
        From: Sender <sender@rookery.example>
        To: undisclosed-recipients:;
        Subject: Test
        Message-ID: <%s@rookery.example>
        Date: Mon, 23 Nov 2026 12:00:00 +0000
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        """
            .formatted(id);
    return (text + body + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
