// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.TestMessages;
import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Postfix's smtp-sink, which speaks SMTP as Postfix does and throws the mail away. */
@Tag("peer")
@Timeout(120)
class SmtpSinkTest {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpSinkTest.class);
  private static final int CONNECTIONS = 16;
  private static final int MESSAGES = 1000;

  @Test
  void postfixShouldTakeEverythingOnAllConnections() throws Exception {
    String program = Peers.require("smtp-sink").toString();
    int port = FreePorts.next();
    List<String> command = new ArrayList<>(List.of(program));
    if (System.getProperty("user.name").equals("root")) {
      // It does not run as root, and nobody else may change who they are.
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(List.of("127.0.0.1:" + port, "128"));
    Process sink =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    SmtpBackend backend = new SmtpBackend(new DirectEgress());
    try {
      await().until(() -> listens(port));
      Account account = Accounts.on(port, "connections", Integer.toString(CONNECTIONS));
      List<RecordingOutcomes> outcomes = send(backend, account);
      assertThat(outcomes)
          .allSatisfy(
              one -> assertThat(one.statuses()).hasSize(MESSAGES).containsOnly(Status.ACCEPTED))
          .allSatisfy(one -> assertThat(one.violations()).isEmpty());
    } finally {
      backend.close();
      Peers.end(sink);
    }
  }

  private static List<RecordingOutcomes> send(SmtpBackend backend, Account account)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<RecordingOutcomes>> calls = new ArrayList<>();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < backend.parallelism(account); i++) {
        ListSource source = new ListSource(TestMessages.some(MESSAGES));
        calls.add(
            threads.submit(
                () -> {
                  RecordingOutcomes outcomes = new RecordingOutcomes();
                  backend.send(account, source, outcomes);
                  return outcomes;
                }));
      }
      List<RecordingOutcomes> all = new ArrayList<>();
      for (Future<RecordingOutcomes> call : calls) {
        all.add(call.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.info("{} messages/s to smtp-sink", Math.round(CONNECTIONS * MESSAGES / seconds));
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The sink cannot choose a port by itself. */
}
