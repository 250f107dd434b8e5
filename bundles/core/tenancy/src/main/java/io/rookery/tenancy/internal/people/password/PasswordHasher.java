// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.password;

import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords, only so many at once that sign-ins cannot use up the node's memory: four take
 * 76 MiB. Whoever waits longer than three seconds for a turn is sent away, and so is at once who
 * finds 64 waiting, that they may not hold up the threads that answer everybody else. Thread-safe.
 */
public final class PasswordHasher {

  private static final int AT_ONCE = 4;
  private static final int WAITING = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Argon2Text algorithm;
  private final Semaphore turns;
  private final Duration patience;
  private final String nobodys;

  /** Hashes as the OWASP Password Storage Cheat Sheet has it. */
  public PasswordHasher() {
    this(Argon2Text.OWASP, AT_ONCE, PATIENCE);
  }

  /** Hashes at some cost, so many at once, each after so long a wait at most. */
  public PasswordHasher(Argon2Text algorithm, int atOnce, Duration patience) {
    this.algorithm = algorithm;
    this.turns = new Semaphore(atOnce, true);
    this.patience = patience;
    byte[] unknown = new byte[32];
    RANDOM.nextBytes(unknown);
    this.nobodys = algorithm.hash(Base64.getEncoder().encodeToString(unknown));
  }

  /**
   * Returns the hash of a password, with its salt and its cost.
   *
   * @throws RookeryException {@code unavailable} where no turn came up in time
   */
  public String hash(Secret password) {
    return inTurn(() -> algorithm.hash(password.reveal()));
  }

  /**
   * Returns whether a password is the one that a hash was made of; where there is no account the
   * same work is done on a hash that no password has.
   *
   * @param hash the hash, or null where there is none
   * @throws RookeryException {@code unavailable} where no turn came up in time
   */
  public boolean matches(Secret password, String hash) {
    String compared = hash == null ? nobodys : hash;
    boolean right = inTurn(() -> Argon2Text.matches(password.reveal(), compared));
    return right && hash != null;
  }

  /** Returns whether a hash was made at another cost than new ones are. */
  public boolean outdated(String hash) {
    return !algorithm.made(hash);
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (turns.getQueueLength() >= WAITING
          || !turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooMany(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooMany(e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private RookeryException tooMany(Exception cause) {
    return RookeryException.unavailable("Too many sign in at once", PATIENCE, cause);
  }
}
