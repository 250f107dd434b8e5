// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretStoreException;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the platform signs in with. A secret-id comes response-wrapped: in the file is a token that
 * is good for one unwrapping, so that whoever opened it on the way is found out. What was in it
 * then stands in a file that never left this machine.
 */
final class Credentials {

  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  private final Access access;
  private final Guard guard;
  private final Clock clock;
  private final PrivateFile roleId;
  private final PrivateFile secretId;
  private final PrivateFile wrapped;

  Credentials(Access access, Path folder, Guard guard, Clock clock) {
    this.access = access;
    this.guard = guard;
    this.clock = clock;
    this.roleId = new PrivateFile(folder.resolve("role-id"));
    this.secretId = new PrivateFile(folder.resolve("secret-id"));
    this.wrapped = new PrivateFile(folder.resolve("wrapped-secret-id"));
  }

  PrivateFile roleIdFile() {
    return roleId;
  }

  PrivateFile secretIdFile() {
    return secretId;
  }

  PrivateFile wrappedFile() {
    return wrapped;
  }

  String roleId() {
    return access.roleId().isEmpty() ? roleId.read() : access.roleId();
  }

  /** Returns the secret-id, unwrapped now where a wrapped one waits. */
  Secret secretId(Wire wire) {
    if (access.secretId() != null) {
      return access.secretId();
    }
    if (wrapped.exists()) {
      try {
        unwrap(wire);
      } catch (UnwrappedElsewhereException e) {
        if (!secretId.exists()) {
          throw e;
        }
        LOG.error("{} The secret-id from before is used for now.", e.getMessage());
      }
    }
    return Secret.of(secretId.read());
  }

  private void unwrap(Wire wire) {
    Wrapped token = Wrapped.parse(wrapped.read());
    secretId.requireWritable();
    JsonObject question = new JsonObject().add("token", token.value().reveal());
    Answer known =
        guard.repeatable(
            () -> check(token, wire.send("POST", "sys/wrapping/lookup", null, question)));
    String origin = known.data().getString("creation_path", "");
    if (!origin.matches("auth/" + access.approle() + "/role/[^/]+/secret-id/?")) {
      throw new UnwrappedElsewhereException(
          "ALARM: the token in "
              + wrapped
              + " does not wrap a secret-id; somebody has put it there"
              + " in place of ours. Find out who could write that file, then run"
              + " rookery:vault-setup.");
    }
    Answer opened =
        guard.once(
            () -> check(token, wire.send("POST", "sys/wrapping/unwrap", token.value(), null)));
    secretId.write(opened.data().getString("secret_id", ""));
    wrapped.delete();
    LOG.info("The wrapped secret-id was opened and is kept in {}", secretId);
  }

  /** The server says the same of a token that was used and of one that has run out. */
  private Answer check(Wrapped token, Answer answer) {
    if (answer.status() != 400 && answer.status() != 403) {
      return guard.require(answer);
    }
    if (token.expiredAt(clock.instant())) {
      throw new UnwrappedElsewhereException(
          "The token in "
              + wrapped
              + " ran out at "
              + token.expires()
              + " before this node used"
              + " it; run rookery:vault-setup for a new one.");
    }
    throw new UnwrappedElsewhereException(
        "ALARM: the token in "
            + wrapped
            + " was used already"
            + (token.expires() == null ? ", or it has run out" : "")
            + ". Unless this node was stopped while it unwrapped it, somebody else has the"
            + " platform's secret-id: destroy the secret-ids of role "
            + access.role()
            + " on the server, find out who could read that file, then run rookery:vault-setup.");
  }

  /** Says that a wrapped secret-id did not reach us alone. */
  static final class UnwrappedElsewhereException extends SecretStoreException {

    private static final long serialVersionUID = 1L;

    UnwrappedElsewhereException(String detail) {
      super(Kind.DENIED, detail, null);
    }
  }
}
