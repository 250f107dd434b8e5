// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Account;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps connections of accounts from one call to the next. A connection is kept while its account's
 * epoch is the newest seen, and not for too many messages, too long or too long without work.
 * Thread-safe; nothing is closed under the lock.
 */
final class ConnectionPool implements Watch.Watched {

  /** After this many messages many servers close a connection, some with a 421. */
  static final int MOST_MESSAGES = 500;

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

  /** Servers wait for five minutes (RFC 5321 §4.5.3.2.7), busy ones for half a minute. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(25);

  private final Map<UUID, Shelf> shelves = new HashMap<>();
  private boolean closed;

  /** Returns whether a connection may carry another message. */
  static boolean isFit(SmtpConnection connection) {
    return !connection.retired()
        && connection.messages() < MOST_MESSAGES
        && connection.age().compareTo(LONGEST_LIFE) < 0;
  }

  /**
   * Returns an idle connection of the account's epoch, or null; the newest in use is the freshest.
   */
  SmtpConnection take(Account account) {
    List<SmtpConnection> outdated = List.of();
    SmtpConnection found;
    synchronized (this) {
      Shelf shelf = shelves.computeIfAbsent(account.id(), id -> new Shelf(account.epoch()));
      if (shelf.epoch < account.epoch()) {
        outdated = shelf.retireAll();
        shelf.epoch = account.epoch();
      }
      found = shelf.epoch == account.epoch() ? shelf.idle.pollFirst() : null;
      if (found != null) {
        shelf.busy.add(found);
      }
    }
    outdated.forEach(SmtpConnection::quit);
    return found;
  }

  /** Notes a connection that was opened for an account and is in use. */
  void opened(Account account, SmtpConnection connection) {
    synchronized (this) {
      Shelf shelf = shelves.computeIfAbsent(account.id(), id -> new Shelf(account.epoch()));
      shelf.busy.add(connection);
      if (closed || shelf.epoch != account.epoch()) {
        connection.retire();
      }
    }
  }

  /** Takes a connection back that is in order. */
  void give(Account account, SmtpConnection connection) {
    boolean kept = false;
    synchronized (this) {
      Shelf shelf = shelves.get(account.id());
      if (shelf != null) {
        shelf.busy.remove(connection);
        kept = isFit(connection);
        if (kept) {
          shelf.idle.addFirst(connection);
        }
        forget(account.id(), shelf);
      }
    }
    if (!kept) {
      connection.quit();
    }
  }

  /** Closes a connection that failed. */
  void drop(Account account, SmtpConnection connection) {
    synchronized (this) {
      Shelf shelf = shelves.get(account.id());
      if (shelf != null) {
        shelf.busy.remove(connection);
        forget(account.id(), shelf);
      }
    }
    connection.close();
  }

  private void forget(UUID account, Shelf shelf) {
    if (shelf.idle.isEmpty() && shelf.busy.isEmpty()) {
      shelves.remove(account);
    }
  }

  /** Closes an account's idle connections now and the others when they are given back. */
  void release(UUID account) {
    List<SmtpConnection> idle = List.of();
    synchronized (this) {
      Shelf shelf = shelves.get(account);
      if (shelf != null) {
        idle = shelf.retireAll();
        forget(account, shelf);
      }
    }
    idle.forEach(SmtpConnection::quit);
  }

  @Override
  public void look(long now) {
    List<SmtpConnection> stale = new ArrayList<>();
    synchronized (this) {
      shelves
          .entrySet()
          .removeIf(
              entry -> {
                entry.getValue().takeStale(stale);
                return entry.getValue().idle.isEmpty() && entry.getValue().busy.isEmpty();
              });
    }
    stale.forEach(SmtpConnection::quit);
  }

  /** Closes everything, also what is in use. */
  void close() {
    List<SmtpConnection> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (Shelf shelf : shelves.values()) {
        all.addAll(shelf.busy);
        all.addAll(shelf.retireAll());
      }
      shelves.clear();
    }
    all.forEach(SmtpConnection::close);
  }

  /** The connections of one account. */
  private static final class Shelf {
    private final Deque<SmtpConnection> idle = new ArrayDeque<>();
    private final Set<SmtpConnection> busy = new HashSet<>();
    private long epoch;

    Shelf(long epoch) {
      this.epoch = epoch;
    }

    /** Marks all for closing and returns those that nobody uses. */
    List<SmtpConnection> retireAll() {
      busy.forEach(SmtpConnection::retire);
      List<SmtpConnection> unused = List.copyOf(idle);
      idle.clear();
      return unused;
    }

    void takeStale(List<SmtpConnection> stale) {
      idle.removeIf(
          connection -> {
            boolean old = !isFit(connection) || connection.idle().compareTo(LONGEST_IDLE) > 0;
            return old && stale.add(connection);
          });
    }
  }
}
