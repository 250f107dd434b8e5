// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.mail.smtp.internal.SmtpSettings.Mechanism;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Signs in by PLAIN (RFC 4616) or LOGIN over an open connection. */
final class SignIn {

  private static final int GO_ON = 334;

  private final SmtpConnection connection;
  private final SmtpSettings settings;

  SignIn(SmtpConnection connection, SmtpSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  /** Signs in, or fails saying what the server said, without anything secret in it. */
  void run() throws IOException, BackendException {
    SmtpReply reply = mechanism() == Mechanism.PLAIN ? plain() : login();
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
    throw new BackendException(
        Kind.AUTHENTICATION, "The server refuses user name or password", said(reply), null);
  }

  private Mechanism mechanism() throws BackendException {
    Set<String> offered = connection.extensions().mechanisms();
    Mechanism wanted = settings.mechanism();
    for (Mechanism mechanism : new Mechanism[] {Mechanism.PLAIN, Mechanism.LOGIN}) {
      if ((wanted == Mechanism.AUTO || wanted == mechanism) && offered.contains(mechanism.name())) {
        return mechanism;
      }
    }
    throw new BackendException(
        Kind.CONFIGURATION,
        "The server does not offer to sign in by "
            + (wanted == Mechanism.AUTO ? "PLAIN or LOGIN" : wanted.name()),
        null,
        null);
  }

  private SmtpReply plain() throws IOException {
    return ask("AUTH PLAIN " + base64("\0" + user() + "\0" + password()));
  }

  private SmtpReply login() throws IOException {
    SmtpReply reply = ask("AUTH LOGIN");
    if (reply.code() == GO_ON) {
      reply = ask(base64(user()));
    }
    return reply.code() == GO_ON ? ask(base64(password())) : reply;
  }

  private SmtpReply ask(String line) throws IOException {
    return connection.command(line, connection.timeouts().command(), Stage.SIGN_IN);
  }

  private String user() {
    return settings.username();
  }

  private String password() {
    return settings.password().reveal();
  }

  /** Some servers repeat the line that they refuse. */
  private Reply said(SmtpReply reply) {
    String text = reply.text();
    String[] secrets = {
      base64("\0" + user() + "\0" + password()), base64(password()), base64(user()), password()
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
