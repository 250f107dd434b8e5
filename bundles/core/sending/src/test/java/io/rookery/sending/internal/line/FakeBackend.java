// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.plugin.Setting;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A backend that keeps the rules of the contract and whose receiver is a map: by recipient, how
 * often a message was taken. Each message passes the gate, so a test can stop the flow at will.
 */
class FakeBackend implements EmailBackend {

  final Map<String, Integer> received = new ConcurrentHashMap<>();
  final Queue<RawMessage> messages = new ConcurrentLinkedQueue<>();
  final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  final Queue<Runnable> withheld = new ConcurrentLinkedQueue<>();
  final Queue<UUID> closed = new ConcurrentLinkedQueue<>();

  /** By which epochs of its account the backend was called. */
  final Set<Long> epochs = ConcurrentHashMap.newKeySet();

  /** When a message was taken last. */
  volatile long lastAt;

  volatile Function<String, Status> verdict = recipient -> Status.ACCEPTED;
  volatile Set<Capability> capabilities = Set.of(Capability.RAW_MIME);
  volatile int parallelism = 3;
  volatile boolean silent;
  volatile BackendException failure;

  /** What is replied where the verdict is to defer, or null for nothing in particular. */
  volatile Reply deferral;

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public int parallelism(Account account) {
    return parallelism;
  }

  @Override
  public void send(Account account, Iterator<OutboundMessage> pulled, OutcomeSink outcomes)
      throws BackendException, InterruptedException {
    epochs.add(account.epoch());
    if (failure != null) {
      throw failure;
    }
    while (pulled.hasNext()) {
      OutboundMessage message = pulled.next();
      OutcomeSink.Offer offer = OutcomeSink.Offer.BUSY;
      while (offer == OutcomeSink.Offer.BUSY) {
        offer = outcomes.offer(message.id(), Duration.ofMillis(50));
      }
      if (offer == OutcomeSink.Offer.REFUSED) {
        return;
      }
      if (offer == OutcomeSink.Offer.GRANTED) {
        take((RawMessage) message, outcomes);
      }
    }
  }

  private void take(RawMessage message, OutcomeSink outcomes) throws InterruptedException {
    gate.acquire();
    String recipient = message.recipients().get(0);
    Status status = verdict.apply(recipient);
    if (status == Status.ACCEPTED || status == Status.IN_DOUBT) {
      received.merge(recipient, 1, Integer::sum);
      messages.add(message);
      lastAt = System.nanoTime();
    }
    int code = status == Status.ACCEPTED ? 250 : status == Status.DEFERRED ? 451 : 550;
    Reply usual = new Reply(Reply.Stage.CONTENT, code, null, "as the test says");
    Reply reply = status == Status.DEFERRED && deferral != null ? deferral : usual;
    Runnable answer = () -> outcomes.report(Outcome.of(message, status, reply, null));
    if (silent) {
      withheld.add(answer);
    } else {
      answer.run();
    }
  }

  @Override
  public void check(Account account) {}

  @Override
  public void release(UUID accountId) {
    closed.add(accountId);
  }
}
