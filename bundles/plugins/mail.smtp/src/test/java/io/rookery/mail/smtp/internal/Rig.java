// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** The backend, a scripted server and an account on it. */
final class Rig implements AutoCloseable {

  final ScriptedSmtpServer server = new ScriptedSmtpServer();
  final RecordingOutcomes outcomes = new RecordingOutcomes();
  final Account account = Accounts.on(server.port());
  final SmtpBackend backend;

  Rig() {
    this((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(20));
  }

  Rig(SSLSocketFactory tls, Duration timeout) {
    backend = new SmtpBackend(new DirectEgress(), tls, Timeouts.all(timeout));
  }

  /** Sends messages that are all at hand. */
  void send(OutboundMessage... messages) throws BackendException, InterruptedException {
    send(List.of(messages));
  }

  void send(List<? extends OutboundMessage> messages)
      throws BackendException, InterruptedException {
    backend.send(account, new ListSource(messages), outcomes);
  }

  @Override
  public void close() {
    backend.close();
    server.close();
  }
}
