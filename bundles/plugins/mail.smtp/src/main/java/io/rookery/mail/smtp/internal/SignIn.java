// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.mail.smtp.internal.SmtpSettings.Authentication;
import io.rookery.mail.smtp.internal.SmtpSettings.Mechanism;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Signs in over an open connection: with a password by PLAIN (RFC 4616) or LOGIN, with an access
 * token by XOAUTH2 (as Google and Microsoft describe it) or OAUTHBEARER (RFC 7628).
 */
final class SignIn {

  private static final int GO_ON = 334;

  /** The longest command without its line end (RFC 5321 §4.5.3.1.4). */
  private static final int LONGEST_COMMAND = 510;

  private final SmtpConnection connection;
  private final SmtpSettings settings;

  SignIn(SmtpConnection connection, SmtpSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  /** Signs in, or fails saying what the server said, without anything secret in it. */
  void run() throws IOException, BackendException {
    SmtpReply reply =
        switch (mechanism()) {
          case LOGIN -> login();
          case XOAUTH2 -> bearer(Mechanism.XOAUTH2, xoauth2(), "");
          case OAUTHBEARER -> bearer(Mechanism.OAUTHBEARER, oauthBearer(), base64("\u0001"));
          default -> plain();
        };
    if (reply.positive()) {
      return;
    }
    if (reply.closing()) {
      throw new BackendException(
          Kind.THROTTLED, "The server closes the connection", said(reply), null);
    }
    if (reply.transientlyRefused()) {
      throw new BackendException(
          Kind.CONNECTION, "The server cannot check the sign-in now", said(reply), null);
    }
    if (!reply.permanentlyRefused()) {
      // Not a refusal: whoever is asked for another password then would look in vain.
      throw new ProtocolException("The server answered the sign-in with a code that does not fit");
    }
    String refused =
        settings.authentication() == Authentication.OAUTH2
            ? "The server refuses the access token; is the account that consented this mailbox's?"
            : "The server refuses user name or password";
    throw new BackendException(Kind.AUTHENTICATION, refused, said(reply), null);
  }

  private Mechanism mechanism() throws BackendException {
    Set<String> offered = connection.extensions().mechanisms();
    Mechanism wanted = settings.mechanism();
    List<Mechanism> known = settings.authentication().mechanisms();
    for (Mechanism mechanism : known) {
      if ((wanted == Mechanism.AUTO || wanted == mechanism) && offered.contains(mechanism.name())) {
        return mechanism;
      }
    }
    throw new BackendException(
        Kind.CONFIGURATION,
        "The server does not offer to sign in by "
            + (wanted == Mechanism.AUTO ? known.get(0) + " or " + known.get(1) : wanted.name()),
        null,
        null);
  }

  private SmtpReply plain() throws IOException {
    return ask("AUTH PLAIN " + base64("\0" + user() + "\0" + secret()));
  }

  private SmtpReply login() throws IOException {
    SmtpReply reply = ask("AUTH LOGIN");
    if (reply.code() == GO_ON) {
      reply = ask(base64(user()));
    }
    return reply.code() == GO_ON ? ask(base64(secret())) : reply;
  }

  /**
   * Sends a token, which goes into the command itself only where it is short (RFC 4954 §4). A
   * server that refuses it may first ask again, with the reason as the challenge; only when that is
   * acknowledged does it say no.
   */
  private SmtpReply bearer(Mechanism mechanism, String response, String acknowledgement)
      throws IOException {
    String command = "AUTH " + mechanism.name();
    SmtpReply reply;
    if (command.length() + 1 + response.length() <= LONGEST_COMMAND) {
      reply = ask(command + " " + response);
    } else {
      reply = ask(command);
      if (reply.code() == GO_ON) {
        reply = ask(response);
      }
    }
    return reply.code() == GO_ON ? ask(acknowledgement) : reply;
  }

  private String xoauth2() {
    return base64("user=" + user() + "\u0001auth=Bearer " + secret() + "\u0001\u0001");
  }

  private String oauthBearer() {
    String name = user().replace("=", "=3D").replace(",", "=2C"); // A saslname (RFC 5801 §4).
    return base64(
        "n,a=%s,\u0001host=%s\u0001port=%d\u0001auth=Bearer %s\u0001\u0001"
            .formatted(name, settings.host(), settings.port(), secret()));
  }

  private SmtpReply ask(String line) throws IOException {
    return connection.command(line, connection.timeouts().command(), Stage.SIGN_IN);
  }

  private String user() {
    return settings.username();
  }

  private String secret() {
    return settings.secret().reveal();
  }

  /** Some servers repeat the line that they refuse. */
  private Reply said(SmtpReply reply) {
    String text = reply.text();
    String[] secrets = {
      base64("\0" + user() + "\0" + secret()),
      xoauth2(),
      oauthBearer(),
      base64(secret()),
      base64(user()),
      secret()
    };
    for (String secret : secrets) {
      text = secret.isEmpty() ? text : text.replace(secret, "••••");
    }
    return new Reply(Stage.SIGN_IN, reply.code(), reply.enhancedCode(), text);
  }

  private static String base64(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
