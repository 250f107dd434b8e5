// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.testkit.mail.BackendFixture;
import io.rookery.testkit.mail.EmailBackendContract;
import io.rookery.testkit.mail.ReceivedMessage;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.mail.SmtpStage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract on a server that announces everything and asks for a sign-in. */
class SmtpBackendTest implements EmailBackendContract {

  @Override
  public BackendFixture testee() {
    return new Fixture();
  }

  @Test
  void accountsOnOneHostAndPortShouldShareItsServer() {
    try (Fixture fixture = new Fixture()) {
      EmailBackend backend = fixture.backend();
      String server = backend.server(Accounts.on(2525));
      assertThat(server).isEqualTo("localhost:2525");
      assertThat(backend.server(Accounts.on(2525, "host", "LocalHost"))).isEqualTo(server);
      assertThat(backend.server(Accounts.on(2526))).isNotEqualTo(server);
      Account wrong = Accounts.on(2525, "port", "none");
      assertThat(backend.server(wrong)).isEqualTo(wrong.id().toString());
    }
  }

  private static final class Fixture implements BackendFixture {
    private final Rig rig = new Rig();
    private final Account anonymous = Accounts.on(rig.server.port(), "plain_auth", "true");

    Fixture() {
      rig.server.credentials("user", "s3cret-word");
      rig.server.always(
          SmtpStage.RCPT,
          peer -> {
            String last = lastCommand(rig.server);
            if (last.contains("refused@")) {
              peer.reply("550 5.1.1 No such user");
            } else {
              peer.usual();
            }
          });
    }

    /** Calls run side by side: the last RCPT of this connection is the one that is answered. */
    private static String lastCommand(ScriptedSmtpServer server) {
      List<ScriptedSmtpServer.Command> commands = server.commands();
      return commands.get(commands.size() - 1).line();
    }

    @Override
    public EmailBackend backend() {
      return rig.backend;
    }

    @Override
    public Account account() {
      return Accounts.signedIn(anonymous, "user", "s3cret-word");
    }

    @Override
    public Optional<Account> accountWithWrongCredentials() {
      return Optional.of(Accounts.signedIn(anonymous, "user", "wr0ng-word"));
    }

    @Override
    public Optional<Account> unreachableAccount() {
      // A port that nobody can listen on without being root, and no mail server uses.
      return Optional.of(Accounts.on(1));
    }

    @Override
    public Optional<String> refusedRecipient() {
      return Optional.of("refused@receiver.example");
    }

    @Override
    public List<String> received() {
      return rig.server.received().stream()
          .map(ReceivedMessage::recipients)
          .flatMap(List::stream)
          .toList();
    }

    @Override
    public void close() {
      rig.close();
    }
  }
}
