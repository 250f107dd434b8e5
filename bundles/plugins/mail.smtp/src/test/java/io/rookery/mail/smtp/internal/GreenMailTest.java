// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.testkit.mail.BackendFixture;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.EmailBackendContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** The contract on somebody else's server, which announces little. */
class GreenMailTest implements EmailBackendContract {

  @Override
  public BackendFixture testee() {
    return new Fixture();
  }

  private static final class Fixture implements BackendFixture {
    private final GreenMail server =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final SmtpBackend backend =
        new SmtpBackend(
            new DirectEgress(),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Timeouts.all(Duration.ofSeconds(20)));

    Fixture() {
      server.start();
    }

    @Override
    public EmailBackend backend() {
      return backend;
    }

    @Override
    public Account account() {
      return Accounts.on(server.getSmtp().getPort());
    }

    @Override
    public List<String> received() {
      List<String> recipients = new ArrayList<>();
      server.getUserManager().listUser().stream()
          .forEach(
              user -> {
                try {
                  int count =
                      server.getManagers().getImapHostManager().getInbox(user).getMessageCount();
                  for (int i = 0; i < count; i++) {
                    recipients.add(user.getEmail());
                  }
                } catch (FolderException e) {
                  throw new IllegalStateException(e);
                }
              });
      return recipients;
    }

    @Override
    public void close() {
      backend.close();
      server.stop();
    }
  }
}
