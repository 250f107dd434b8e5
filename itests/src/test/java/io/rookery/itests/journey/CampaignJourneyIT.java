// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** The journey to GreenMail. */
public class CampaignJourneyIT extends CampaignJourney {

  @Override
  Inbox open() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    return new GreenMailInbox(server);
  }

  private record GreenMailInbox(GreenMail server) implements Inbox {

    @Override
    public int port() {
      return server.getSmtp().getPort();
    }

    @Override
    public List<MimeMessage> messages() {
      return List.of(server.getReceivedMessages());
    }

    @Override
    public void clear() throws Exception {
      server.purgeEmailFromAllMailboxes();
    }

    @Override
    public void close() {
      server.stop();
    }
  }
}
