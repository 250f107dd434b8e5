// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.MessageSource;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.OutcomeSink.Offer;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * One call of {@code send}: takes messages one after the other, on one connection at a time. A
 * message is offered when the connection is ready for it. While the reply to a final dot is still
 * to come, the next message's commands may already be on their way behind that dot, provided that
 * it was at hand and a slot was free at once. Used by one thread.
 */
final class Delivery {

  /** How long one offer waits for a slot before the connection is looked at again. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A connection that was idle for longer is asked whether it still lives. */
  private static final Duration STALE = Duration.ofSeconds(3);

  /** How many messages may be skipped while another waits for its final dot. */
  private static final int MOST_SKIPPED = 8;

  private final Account account;
  private final Iterator<OutboundMessage> messages;
  private final OutcomeSink outcomes;
  private final ConnectionPool pool;
  private final Opener opener;
  private final Timeouts timeouts;
  private SmtpConnection connection;
  private OutboundMessage held;
  private boolean refused;
  private RuntimeException failure;

  /** Prepares a call; the connections come from the pool or are opened. */
  Delivery(
      SmtpParts parts, Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes) {
    this.account = account;
    this.messages = messages;
    this.outcomes = outcomes;
    this.pool = parts.pool();
    this.opener = parts.opener();
    this.timeouts = parts.timeouts();
  }

  /** Sends until there is no more to send or no more leave to. */
  void run() throws BackendException, InterruptedException {
    try {
      Transaction transaction = begin();
      while (transaction != null) {
        Transaction following = carry(transaction);
        throwFailure();
        transaction = following == null ? begin() : following;
      }
    } finally {
      if (connection != null) {
        pool.give(account, connection);
      }
    }
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits for the next message that is granted on a ready connection; null at the end. */
  private Transaction begin() throws BackendException, InterruptedException {
    Transaction begun = null;
    while (begun == null && hasMore()) {
      OutboundMessage message = pull();
      makeReady();
      begun = offer(message, PATIENCE);
    }
    return begun;
  }

  private boolean hasMore() throws InterruptedException {
    boolean more = !refused && (held != null || messages.hasNext());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return more;
  }

  private OutboundMessage pull() {
    OutboundMessage message = held == null ? messages.next() : held;
    held = null;
    return message;
  }

  private Transaction offer(OutboundMessage message, Duration wait) throws InterruptedException {
    Offer offer = outcomes.offer(message.id(), wait);
    if (offer == Offer.BUSY) {
      held = message;
    }
    refused = offer == Offer.REFUSED;
    return offer == Offer.GRANTED ? admit(message) : null;
  }

  /** Settles what this server cannot take; returns null where nothing is left of the message. */
  private Transaction admit(OutboundMessage message) {
    if (!(message instanceof RawMessage raw)) {
      String why = "This backend takes whole messages, not a template's values";
      outcomes.report(
          Outcome.of(message, Status.REJECTED, new Reply(Stage.REQUEST, 0, "5.6.1", why), null));
      return null;
    }
    Job job = new Job(raw, outcomes);
    return Admission.admit(job, connection.extensions()) ? new Transaction(connection, job) : null;
  }

  private void makeReady() throws BackendException, InterruptedException {
    if (connection != null && !ConnectionPool.isFit(connection)) {
      SmtpConnection worn = connection;
      connection = null;
      pool.give(account, worn);
    }
    if (connection == null) {
      connection = pool.take(account);
    }
    while (connection != null && !isUsable()) {
      drop();
      connection = pool.take(account);
    }
    if (connection == null) {
      connection = opener.open(account, timeouts);
      pool.opened(account, connection);
    }
  }

  private boolean isUsable() {
    try {
      boolean silent = !connection.hasLeftovers();
      return silent && (connection.idle().compareTo(STALE) <= 0 || isAlive());
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isAlive() {
    try {
      boolean alive = connection.command("RSET", timeouts.probe(), Stage.SENDER).positive();
      connection.setNeedsReset(false);
      return alive;
    } catch (IOException e) {
      return false;
    }
  }

  /** Carries one transaction through; returns the one that went out behind it, or null. */
  private Transaction carry(Transaction transaction) throws BackendException, InterruptedException {
    Transaction following = null;
    try {
      if (transaction.reachContent()) {
        transaction.content();
        following = follow();
        transaction.end(following);
        transaction.finish();
      }
      connection.complete();
      return following;
    } catch (SessionRefusedException e) {
      settle(transaction, job -> job.finish(Status.DEFERRED, e.reply()));
      settle(following, job -> job.finish(Status.DEFERRED, e.reply()));
      leave(e.kind(), e);
    } catch (IOException e) {
      settle(transaction, job -> job.lose(why(e)));
      settle(following, job -> job.lose(why(e)));
      leave(Kind.CONNECTION, e);
    } catch (RuntimeException e) {
      settle(transaction, job -> job.lose("The mail backend failed"));
      settle(following, job -> job.lose("The mail backend failed"));
      drop();
      throw e;
    }
    return null;
  }

  private static void settle(Transaction transaction, Consumer<Job> how) {
    if (transaction != null) {
      how.accept(transaction.job());
    }
  }

  private static String why(IOException e) {
    return e instanceof ProtocolException ? e.getMessage() : "The connection was lost";
  }

  /**
   * Closes the connection. Where it had taken messages before, the next one is worth a new
   * connection; where it had not, the account is what fails.
   */
  private void leave(Kind kind, IOException cause) throws BackendException, InterruptedException {
    boolean worked = connection.hasWorked();
    drop();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!worked || kind == Kind.AUTHENTICATION) {
      Reply reply = cause instanceof SessionRefusedException refusal ? refusal.reply() : null;
      String detail = reply == null ? why(cause) : cause.getMessage();
      throw new BackendException(kind, detail, reply, cause);
    }
  }

  private void drop() {
    pool.drop(account, connection);
    connection = null;
  }

  /**
   * Offers the next message while this one's final reply is outstanding: without waiting at all.
   */
  private Transaction follow() {
    if (!connection.extensions().pipelining() || !ConnectionPool.isFit(connection)) {
      return null;
    }
    try {
      for (int i = 0; i < MOST_SKIPPED && isAtHand(); i++) {
        Transaction following = offer(pull(), Duration.ZERO);
        if (following != null || held != null) {
          return following;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The message under way comes first; the failure is told when it is done.
      failure = e;
    }
    return null;
  }

  private boolean isAtHand() {
    return !refused
        && !Thread.currentThread().isInterrupted()
        && (held != null || messages instanceof MessageSource source && source.atHand());
  }
}
