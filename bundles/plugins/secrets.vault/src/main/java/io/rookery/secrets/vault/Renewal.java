// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.SecretStoreException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the token at about two thirds of its life, each node at a moment of its own. A token that
 * cannot be renewed is replaced, and what fails is tried again until the token has run out; then
 * the next call signs in.
 */
final class Renewal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  private final SignIn signIn;
  private final ScheduledThreadPoolExecutor thread;

  Renewal(SignIn signIn) {
    this.signIn = signIn;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread made = new Thread(work, "rookery-vault-token");
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Looks after a token that was just given or renewed. */
  void plan(Token token) {
    if (token.seconds() > 0) {
      double share = ThreadLocalRandom.current().nextDouble(0.58, 0.72);
      after((long) (token.seconds() * 1000 * share), token);
    }
  }

  private void after(long millis, Token token) {
    try {
      thread.schedule(() -> renew(token), Math.max(millis, 1), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The store is being closed");
    }
  }

  private void renew(Token token) {
    if (!signIn.holds(token)) {
      return;
    }
    try {
      renewOrReplace(token);
    } catch (SecretStoreException e) {
      LOG.warn(
          "The token of the secret store was not renewed and will be tried again: {}",
          e.getMessage());
      if (System.nanoTime() - token.madeAt() < TimeUnit.SECONDS.toNanos(token.seconds())) {
        after(Math.min(token.seconds() * 50, 30_000), token);
      }
    } catch (RuntimeException e) {
      LOG.error("The token of the secret store is not renewed any more", e);
    }
  }

  private void renewOrReplace(Token token) {
    Token renewed;
    try {
      renewed = signIn.renew(token);
    } catch (TokenRefusedException e) {
      renewed = null;
    }
    if (renewed == null) {
      signIn.replace(token);
    } else {
      plan(renewed);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
