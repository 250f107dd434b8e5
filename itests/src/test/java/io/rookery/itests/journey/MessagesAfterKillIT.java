// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What was answered survives the process that answered it. */
public class MessagesAfterKillIT {

  private static final int BATCH = 50;

  @Test
  public void whatWasTakenShouldArriveOnceAfterTheProcessWasKilled() throws Exception {
    Path folder = Files.createTempDirectory("rookery-kill-");
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    try (RunningRookery rookery =
        RunningRookery.unpack(
            Path.of(System.getProperty("rookery.distribution")), folder.resolve("home"))) {
      rookery.start();
      TenantKey tenant = TenantKey.create(rookery, "killed");
      rookery.shell("rookery:domain-trust killed heronry.example");
      Rest rest = new Rest(rookery.root(), tenant.key());
      mailbox(rest, server.getSmtp().getPort());
      rest.post("messages/batch", Rest.object("messages", batch()));
      rookery.kill();

      rookery.start();

      assertTrue(server.waitForIncomingEmail(90_000, BATCH));
      Rest again = new Rest(rookery.root(), tenant.key());
      Waiting.until(
          again, "messages?state=accepted&limit=500", m -> m.path("data").size() == BATCH);
      Map<String, Integer> received = new HashMap<>();
      for (MimeMessage mail : server.getReceivedMessages()) {
        received.merge(mail.getAllRecipients()[0].toString(), 1, Integer::sum);
      }
      assertEquals(BATCH, received.size());
      assertEquals(BATCH, server.getReceivedMessages().length);
    } finally {
      server.stop();
    }
  }

  private static void mailbox(Rest rest, int port) throws Exception {
    Object settings =
        Rest.object("host", "127.0.0.1", "port", Integer.toString(port), "security", "none");
    rest.post(
        "mailboxes",
        Rest.object(
            "address",
            "orders@heronry.example",
            "backend",
            "smtp",
            "settings",
            settings,
            "daily_limit",
            1000));
  }

  /** Messages with a file each that are due once the process is gone. */
  private static List<Object> batch() {
    String when = Instant.now().plusSeconds(5).toString();
    List<Object> messages = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      messages.add(
          Rest.object(
              "from",
              "orders@heronry.example",
              "to",
              "r" + i + "@dest.example",
              "subject",
              "Your order",
              "text",
              "Thank you",
              "send_at",
              when,
              "attachments",
              List.of(Rest.object("file_name", "a.txt", "content", "SGVsbG8="))));
    }
    return messages;
  }
}
