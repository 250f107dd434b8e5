// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.mail.smtp.internal.Job.Refusal;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A mail transaction (RFC 5321 §3.3) for one job: MAIL, RCPT, DATA, content. Where the server
 * announced PIPELINING the commands go out as a group and the group's replies are read afterwards
 * (RFC 2920); else each command waits for its reply.
 */
final class Transaction {

  private static final int START_INPUT = 354;

  /** Codes that tell that the session is not signed in or not secure enough (RFC 4954 §6). */
  private static final Set<Integer> NOT_SIGNED_IN = Set.of(530, 534, 535, 538);

  private static final String RSET = "RSET";
  private static final String DATA = "DATA";

  private final SmtpConnection connection;
  private final Job job;
  private final Envelope envelope;
  private final boolean grouped;
  private boolean opened;

  /** Prepares a transaction; nothing is written yet. */
  Transaction(SmtpConnection connection, Job job) {
    this.connection = connection;
    this.job = job;
    this.envelope = Envelope.of(job, connection.extensions());
    this.grouped = connection.extensions().pipelining() && envelope.fitsInOneGroup();
  }

  Job job() {
    return job;
  }

  /** Returns whether the commands may follow another message's content before its reply is read. */
  boolean mayFollow() {
    return grouped;
  }

  int octets() {
    return envelope.octets();
  }

  /** Puts the commands into the buffer, where they may go out together. */
  void open() throws IOException {
    if (grouped && !opened) {
      opened = true;
      if (connection.needsReset()) {
        put(RSET);
      }
      put(envelope.mail());
      for (String rcpt : envelope.rcpts()) {
        put(rcpt);
      }
      put(DATA);
    }
  }

  private void put(String line) throws IOException {
    connection.out().command(line);
  }

  /**
   * Goes up to the point where the server waits for the content. Recipients that are refused are
   * settled; returns whether there is anybody left to send the content to.
   */
  boolean reachContent() throws IOException {
    connection.begin();
    if (grouped) {
      open();
      connection.out().flush();
    }
    if (connection.needsReset()) {
      reset();
    }
    SmtpReply mail = ask(envelope.mail(), connection.timeouts().command(), Stage.SENDER);
    if (NOT_SIGNED_IN.contains(mail.code())) {
      throw new SessionRefusedException(Kind.AUTHENTICATION, mail.at(Stage.SENDER));
    }
    expect(mail.positive() || mail.refused());
    return grouped ? inGroup(mail) : inLockStep(mail);
  }

  private void reset() throws IOException {
    expect(ask(RSET, connection.timeouts().command(), Stage.SENDER).positive());
    connection.setNeedsReset(false);
  }

  /**
   * Reads the replies to the rest of the group before any of them counts: where one does not fit,
   * they are out of step, and a refusal may have been for something else.
   */
  private boolean inGroup(SmtpReply mail) throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    SmtpReply data;
    try {
      askRecipients(refusals);
      data = askData();
      connection.expectSilence(Stage.DATA);
    } catch (ProtocolException e) {
      throw e;
    } catch (IOException e) {
      settle(mail, refusals);
      throw e;
    }
    return startContent(data, settle(mail, refusals));
  }

  private boolean inLockStep(SmtpReply mail) throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    boolean anybody;
    try {
      if (mail.positive()) {
        askRecipients(refusals);
      }
    } finally {
      anybody = settle(mail, refusals);
    }
    if (mail.refused()) {
      return false;
    }
    return anybody ? startContent(askData(), true) : abandon();
  }

  private void askRecipients(List<Refusal> refusals) throws IOException {
    for (int i = 0; i < envelope.rcpts().size(); i++) {
      SmtpReply reply =
          ask(envelope.rcpts().get(i), connection.timeouts().command(), Stage.RECIPIENT);
      expect(reply.positive() || reply.refused());
      if (reply.refused()) {
        refusals.add(new Refusal(i, reply.refusal(), reply.at(Stage.RECIPIENT)));
      }
    }
  }

  /** Settles what was refused; returns whether anybody is left. */
  private boolean settle(SmtpReply mail, List<Refusal> refusals) {
    if (mail.refused()) {
      job.finish(mail.refusal(), mail.at(Stage.SENDER));
    } else if (!refusals.isEmpty()) {
      job.settle(refusals);
    }
    return !job.report();
  }

  private SmtpReply askData() throws IOException {
    SmtpReply data = ask(DATA, connection.timeouts().data(), Stage.DATA);
    expect(data.code() == START_INPUT || data.refused());
    return data;
  }

  private boolean startContent(SmtpReply data, boolean anybody) throws IOException {
    if (data.refused()) {
      if (anybody) {
        job.finish(data.refusal(), data.at(Stage.DATA));
      }
      return abandon();
    }
    connection.expectSilence(Stage.DATA);
    return anybody || refuseContent();
  }

  /** Leaves the transaction as it is; the next one on this connection ends it. */
  private boolean abandon() {
    connection.setNeedsReset(true);
    return false;
  }

  /**
   * Answers a 354 that came although nobody was accepted: a lone dot, and the message counts as
   * refused whatever the reply to it (RFC 2920 §3.1).
   */
  private boolean refuseContent() throws IOException {
    put(".");
    connection.out().flush();
    read(connection.timeouts().end(), Stage.CONTENT);
    return false;
  }

  /** Puts the content into the buffer; a large one goes out in pieces, but never its end. */
  void content() throws IOException {
    connection.out().content(job.message().content());
  }

  /** Puts the end of the content into the buffer, and what follows it, and writes both. */
  void end(Transaction following) throws IOException {
    WireBuffer out = connection.out();
    out.reserve(8 + (following == null ? 0 : following.octets()));
    // Set first: the transaction is over whatever the reply, and the commands that follow know it.
    connection.setNeedsReset(false);
    out.endOfContent(job.message().content());
    if (following != null) {
      following.open();
    }
    job.endContent();
    out.flush();
  }

  /** Reads what became of the content. */
  void finish() throws IOException {
    SmtpReply reply = read(connection.timeouts().end(), Stage.CONTENT);
    expect(reply.positive() || reply.refused());
    Status status = reply.positive() ? Status.ACCEPTED : reply.refusal();
    job.finish(status, reply.at(Stage.CONTENT));
  }

  /** Writes a command where it has not gone out with the group, and reads its reply. */
  private SmtpReply ask(String command, Duration timeout, Stage stage) throws IOException {
    if (!grouped) {
      connection.expectSilence(stage);
      put(command);
      connection.out().flush();
    }
    return read(timeout, stage);
  }

  private SmtpReply read(Duration timeout, Stage stage) throws IOException {
    SmtpReply reply = connection.read(timeout);
    if (reply.closing()) {
      throw new SessionRefusedException(Kind.THROTTLED, reply.at(stage));
    }
    return reply;
  }

  private static void expect(boolean fitting) throws ProtocolException {
    if (!fitting) {
      throw new ProtocolException("The server answered with a code that does not fit");
    }
  }
}
