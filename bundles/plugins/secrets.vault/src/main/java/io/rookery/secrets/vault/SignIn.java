// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs in by AppRole when a token is first needed, and again when one is dead. One caller signs
 * in, the others wait for it no longer than an answer may take. After a refusal the next attempts
 * wait, so that a wrong secret-id does not fill the server's audit log.
 */
final class SignIn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
  private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_WAIT = Duration.ofSeconds(10).toNanos();
  private static final long YOUNG = Duration.ofSeconds(1).toNanos();

  private final Access access;
  private final Credentials credentials;
  private final Line line;
  private final Guard guard;
  private final Duration timeout;
  private final Renewal renewal = new Renewal(this);
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Runnable watch = () -> {};
  private volatile Token token;
  private SecretStoreException refusal;
  private long refusedUntil;
  private long wait = FIRST_WAIT;

  SignIn(Access access, Credentials credentials, Line line, Guard guard, Duration timeout) {
    this.access = access;
    this.credentials = credentials;
    this.line = line;
    this.guard = guard;
    this.timeout = timeout;
  }

  /** Tells somebody of each sign-in that is refused from now on. */
  void watch(Runnable watch) {
    this.watch = watch;
  }

  /** Returns the present token; signs in where there is none. */
  Token token() {
    Token present = token;
    return present != null ? present : replace(null);
  }

  /** Signs in anew, unless somebody has since the token was refused; null is no token. */
  Token replace(Token refused) {
    lock();
    try {
      if (token != null && !token.sameAs(refused)) {
        return token;
      }
      if (refusal != null && System.nanoTime() - refusedUntil < 0) {
        throw new SecretStoreException(refusal.kind(), refusal.getMessage(), null);
      }
      token = login();
      renewal.plan(token);
      refusal = null;
      wait = FIRST_WAIT;
      return token;
    } catch (SecretStoreException e) {
      refused(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void lock() {
    try {
      if (!turn.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Failures.unreachable(
            "A sign-in at the secret store is under way and takes long", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.unreachable("The call was interrupted", null);
    }
  }

  private void refused(SecretStoreException e) {
    if (e.kind() != Kind.DENIED || (refusal != null && System.nanoTime() - refusedUntil < 0)) {
      return;
    }
    if (refusal == null || !e.getMessage().equals(refusal.getMessage())) {
      LOG.error("The secret store cannot be signed in to. {}", e.getMessage());
    }
    watch.run();
    refusal = e;
    refusedUntil = System.nanoTime() + wait;
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  private Token login() {
    Wire wire = line.wire();
    String roleId = credentials.roleId();
    Secret secretId = credentials.secretId(wire);
    return guard.once(() -> login(wire, roleId, secretId));
  }

  private Token login(Wire wire, String roleId, Secret secretId) throws VaultException {
    try {
      return Token.of(
          new Auth(wire.driver(null, access.mount()))
              .loginByAppRole(access.approle(), roleId, secretId.reveal()));
    } catch (VaultException e) {
      if (e.getHttpStatusCode() == 400 || e.getHttpStatusCode() == 403) {
        throw Failures.denied(
            "The secret store refuses the role-id or the secret-id: the secret-id is used up, has"
                + " run out or was destroyed, or the role was made anew. Run rookery:vault-setup.");
      }
      throw e;
    }
  }

  /** Returns whether a token is the present one. */
  boolean holds(Token asked) {
    return token == asked;
  }

  /** Renews the present token; returns null where it comes to its end, so that a new one is due. */
  Token renew(Token present) {
    if (!present.renewable()) {
      return null;
    }
    Wire wire = line.wire();
    Token renewed =
        guard.repeatable(
            () ->
                Token.of(
                    new Auth(wire.driver(present.value(), access.mount()))
                        .renewSelf(present.seconds())));
    Token longer = new Token(present.value(), present.seconds(), true, renewed.madeAt());
    return renewed.seconds() < present.seconds() / 2 || !exchange(present, longer) ? null : longer;
  }

  private boolean exchange(Token present, Token next) {
    lock();
    try {
      boolean still = token == present;
      token = still ? next : token;
      return still;
    } finally {
      turn.unlock();
    }
  }

  /** Returns whether a token that was refused something is good for nothing any more. */
  boolean dead(Token refused) {
    if (System.nanoTime() - refused.madeAt() < YOUNG) {
      return false;
    }
    Wire wire = line.wire();
    return guard.repeatable(() -> wire.get("auth/token/lookup-self", refused.value())).status()
        == 403;
  }

  /** Gives the token back and ends the thread. */
  @Override
  public void close() {
    renewal.close();
    Token present = token;
    token = null;
    if (present != null) {
      try {
        Wire wire = line.wire();
        guard.once(() -> wire.send("POST", "auth/token/revoke-self", present.value(), null));
      } catch (SecretStoreException e) {
        LOG.debug("The token was not given back and will run out: {}", e.getMessage());
      }
    }
  }
}
