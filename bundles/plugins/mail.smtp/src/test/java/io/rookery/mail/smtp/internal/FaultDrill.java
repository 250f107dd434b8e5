// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static io.rookery.spi.mail.Outcome.Status.ACCEPTED;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.RawMessage;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.mail.TestCertificate;
import io.rookery.testkit.mail.TestMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Exposes one backend to faults, each from a server and an account of its own, and compares what it
 * reports with the oracle and with what the server saw. Thread-safe.
 */
public final class FaultDrill implements AutoCloseable {

  private static final int MESSAGES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Twice what the kernel takes from a writer, so its end is far when the connection is cut. */
  private static final String LARGE = ("x".repeat(998) + "\n").repeat(8_000);

  private final TestCertificate certificate = TestCertificate.forHost("localhost");
  private final SmtpBackend patient;
  private final Map<Silence, SmtpBackend> impatient = new EnumMap<>(Silence.class);

  /** Waits as long as is given where a server stays silent, and anywhere else much longer. */
  public FaultDrill(Duration silence) {
    patient = backend(Timeouts.all(PATIENCE));
    for (Silence where : Silence.values()) {
      impatient.put(where, backend(where.timeouts(silence)));
    }
  }

  private SmtpBackend backend(Timeouts timeouts) {
    return new SmtpBackend(new DirectEgress(), certificate.client(), timeouts);
  }

  /** What a server is silent on. A short time elsewhere would be struck by a busy machine. */
  private enum Silence {
    GREETING,
    COMMAND,
    DATA,
    END;

    static Silence at(FaultSpot spot) {
      return switch (spot) {
        case GREETING -> GREETING;
        case DATA -> DATA;
        case BODY, DOT -> END;
        default -> COMMAND;
      };
    }

    Timeouts timeouts(Duration silence) {
      return new Timeouts(
          PATIENCE,
          this == GREETING ? silence : PATIENCE,
          this == COMMAND ? silence : PATIENCE,
          this == DATA ? silence : PATIENCE,
          PATIENCE,
          this == END ? silence : PATIENCE,
          PATIENCE,
          Duration.ofSeconds(1));
    }
  }

  /** Runs a cell with every outcome told. */
  public List<String> run(FaultCell cell, boolean release) throws InterruptedException {
    return run(cell, release, false);
  }

  /**
   * Sends four messages to a server with one fault.
   *
   * @param release whether to close the account afterwards, as after a change of its settings; else
   *     its connections are left to the backend's own care
   * @param lose whether to lose an outcome on its way to the platform, which must be found
   * @return what went wrong, as sentences; empty where the outcome is the right one
   */
  public List<String> run(FaultCell cell, boolean release, boolean lose)
      throws InterruptedException {
    SmtpBackend backend = cell.isSilent() ? impatient.get(Silence.at(cell.spot())) : patient;
    RecordingOutcomes outcomes = new RecordingOutcomes();
    List<RawMessage> messages = messages(cell);
    try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
      Account account = prepare(server, cell);
      new FaultScript(server, cell).install();
      Kind failure = send(backend, account, messages, lose ? new Lossy(outcomes) : outcomes);
      if (release || cell.spot() == FaultSpot.QUIT) {
        backend.release(account.id());
      }
      return new Verdict(cell, messages, outcomes, server).complaints(failure);
    }
  }

  private static List<RawMessage> messages(FaultCell cell) {
    List<RawMessage> messages = new ArrayList<>(TestMessages.some(MESSAGES));
    if (cell.spot() == FaultSpot.LARGE_BODY) {
      messages.set(cell.struck(), TestMessages.withBody(LARGE));
    }
    return messages;
  }

  private Account prepare(ScriptedSmtpServer server, FaultCell cell) {
    if (cell.spot().needsTls()) {
      server.startTls(certificate);
      return Accounts.on(server.port(), "security", "starttls");
    }
    if (cell.spot() == FaultSpot.AUTH) {
      server.credentials("user", "word");
      return Accounts.signedIn(Accounts.on(server.port(), "plain_auth", "true"), "user", "word");
    }
    return Accounts.on(server.port());
  }

  private static Kind send(
      SmtpBackend backend, Account account, List<RawMessage> messages, OutcomeSink outcomes)
      throws InterruptedException {
    try {
      backend.send(account, new ListSource(messages), outcomes);
      return null;
    } catch (BackendException e) {
      return e.kind();
    }
  }

  @Override
  public void close() {
    patient.close();
    impatient.values().forEach(SmtpBackend::close);
  }

  /** Loses what is told. */
  private record Lossy(OutcomeSink outcomes) implements OutcomeSink {

    @Override
    public Offer offer(UUID messageId, Duration wait) throws InterruptedException {
      return outcomes.offer(messageId, wait);
    }

    @Override
    public void report(Outcome outcome) {}
  }

  /** Compares one run with the oracle and with the server's account of it. */
  private record Verdict(
      FaultCell cell,
      List<RawMessage> messages,
      RecordingOutcomes outcomes,
      ScriptedSmtpServer server) {

    List<String> complaints(Kind failure) {
      FaultOracle right = FaultOracle.of(cell);
      List<String> wrong = new ArrayList<>(outcomes.violations());
      if (failure != right.failure()) {
        wrong.add("failed with " + failure + " instead of " + right.failure());
      }
      for (int i = 0; i < messages.size(); i++) {
        Status expected = expected(right, i);
        Status told = told(messages.get(i));
        if (told != expected) {
          wrong.add("message " + (i + 1) + " is " + told + " instead of " + expected);
        }
        compareWithServer(messages.get(i), told, wrong);
      }
      if (!outcomes.outstanding().isEmpty()) {
        wrong.add(outcomes.outstanding().size() + " were granted and never told of");
      }
      return wrong;
    }

    private Status expected(FaultOracle right, int index) {
      if (right.struck() == null) {
        return null;
      }
      if (index == cell.struck()) {
        return right.struck();
      }
      if (index == cell.struck() + 1) {
        return right.next();
      }
      return index > cell.struck() && right.failure() != null ? null : ACCEPTED;
    }

    private Status told(RawMessage message) {
      Optional<Outcome> outcome = outcomes.outcome(message.id());
      return outcome.map(known -> known.recipients().get(0).status()).orElse(null);
    }

    /** What was taken is told as taken or in doubt; nothing is handed over twice. */
    private void compareWithServer(RawMessage message, Status told, List<String> wrong) {
      String recipient = message.recipients().get(0);
      long kept =
          server.received().stream().filter(one -> one.recipients().contains(recipient)).count();
      long tried = server.commands().stream().filter(one -> one.line().contains(recipient)).count();
      boolean fits = kept == (told == ACCEPTED ? 1 : 0);
      if (!fits && !(kept == 1 && told == Status.IN_DOUBT)) {
        wrong.add("the server took " + kept + " of a message that is " + told);
      }
      if (tried > 1 || tried == 1 && told == null) {
        wrong.add("named to the server " + tried + " times, told as " + told);
      }
    }
  }
}
