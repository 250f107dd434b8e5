// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes calls: through the breaker, with every failure translated, and again where that is harmless
 * and the first failure was a quick one.
 */
final class Guard {

  private static final int ATTEMPTS = 3;
  private static final long PAUSE_MILLIS = 50;

  private final Failures failures;
  private final Breaker breaker;
  private final long patienceNanos;

  Guard(Server server, Breaker breaker) {
    this.failures = new Failures(server);
    this.breaker = breaker;
    this.patienceNanos = server.timeout().toNanos() / 2;
  }

  /** A call to the server. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws Exception;
  }

  /** Makes a call once. */
  <T> T once(Call<T> call) {
    breaker.admit();
    return admitted(call);
  }

  private <T> T admitted(Call<T> call) {
    boolean told = false;
    try {
      T result = call.run();
      breaker.answered();
      told = true;
      return result;
    } catch (Exception e) {
      SecretStoreException failure = failures.of(e);
      report(failure);
      told = true;
      throw failure;
    } finally {
      if (!told) { // What ends by an error must make room for the next that tries.
        breaker.withdrawn();
      }
    }
  }

  private void report(SecretStoreException failure) {
    if (Thread.currentThread().isInterrupted()) {
      breaker.withdrawn();
    } else if (failure.kind() == Kind.UNREACHABLE || failure.kind() == Kind.SEALED) {
      breaker.failed(failure);
    } else {
      breaker.answered();
    }
  }

  /** Makes a call that may be made twice without harm, again where it is worth it. */
  <T> T repeatable(Call<T> call) {
    long begin = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      // What the breaker throws is not tried again.
      breaker.admit();
      try {
        return admitted(call);
      } catch (SecretStoreException e) {
        if (e.kind() != Kind.UNREACHABLE
            || attempt == ATTEMPTS
            || System.nanoTime() - begin > patienceNanos) {
          throw e;
        }
      }
      pause(PAUSE_MILLIS << attempt);
    }
  }

  /** Waits for up to some milliseconds, and for half of them at least. */
  void pause(long millis) {
    try {
      long jittered = ThreadLocalRandom.current().nextLong(millis / 2, millis);
      TimeUnit.MILLISECONDS.sleep(jittered);
    } catch (InterruptedException e) {
      throw failures.of(e);
    }
  }

  /** Returns the answer where it did what was asked, or throws what it stands for. */
  Answer require(Answer answer) {
    if (!answer.done()) {
      throw failures.of(answer);
    }
    return answer;
  }
}
