// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.StoreSetup.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Hands out what the platform signs in with, into files of mode 0600. */
final class Issue {

  /** How long a wrapped secret-id may wait; long enough to be carried to another node by hand. */
  private static final int WRAPPED_SECONDS = 3600;

  private final Operator operator;
  private final Access access;
  private final Credentials credentials;
  private final Clock clock;

  Issue(Operator operator, Access access, Credentials credentials, Clock clock) {
    this.operator = operator;
    this.access = access;
    this.credentials = credentials;
    this.clock = clock;
  }

  void apply(boolean renew, List<Step> steps) {
    String roleId = operator.get(role() + "/role-id").data().getString("role_id", "");
    boolean known =
        credentials.roleIdFile().exists() && credentials.roleIdFile().read().equals(roleId);
    if (!known) {
      credentials.roleIdFile().write(roleId);
    }
    steps.add(new Step("File " + credentials.roleIdFile(), !known));
    steps.add(secretId(roleId, renew));
  }

  private Step secretId(String roleId, boolean renew) {
    if (!renew) {
      if (credentials.wrappedFile().exists() && waits()) {
        return new Step("File " + credentials.wrappedFile(), false);
      } else if (!credentials.wrappedFile().exists()
          && credentials.secretIdFile().exists()
          && works(roleId)) {
        return new Step("File " + credentials.secretIdFile(), false);
      }
    }
    credentials.wrappedFile().requireWritable();
    Instant asked = clock.instant();
    JsonObject body = new JsonObject().add("metadata", "{\"for\":\"rookery\"}");
    Answer answer = operator.wrapped(role() + "/secret-id", body, WRAPPED_SECONDS);
    JsonObject wrapping = Answer.object(answer.body(), "wrap_info");
    Wrapped token =
        new Wrapped(Secret.of(wrapping.getString("token", "")), asked.plusSeconds(WRAPPED_SECONDS));
    credentials.wrappedFile().write(token.toText());
    return new Step("File " + credentials.wrappedFile(), true);
  }

  private String role() {
    return "auth/" + access.approle() + "/role/" + access.role();
  }

  /** Returns whether a wrapped secret-id is there that nobody has opened. */
  private boolean waits() {
    Wrapped token = Wrapped.parse(credentials.wrappedFile().read());
    JsonObject question = new JsonObject().add("token", token.value().reveal());
    return operator
        .guard()
        .repeatable(() -> operator.wire().send("POST", "sys/wrapping/lookup", null, question))
        .done();
  }

  /** Returns whether the secret-id that is there signs in; the token is given back. */
  private boolean works(String roleId) {
    JsonObject question =
        new JsonObject().add("role_id", roleId).add("secret_id", credentials.secretIdFile().read());
    Wire wire = operator.wire();
    Answer answer =
        operator
            .guard()
            .once(() -> wire.send("POST", "auth/" + access.approle() + "/login", null, question));
    String token = Answer.object(answer.body(), "auth").getString("client_token", "");
    if (answer.status() != 200 || token.isEmpty()) {
      return false;
    }
    operator
        .guard()
        .once(() -> wire.send("POST", "auth/token/revoke-self", Secret.of(token), null));
    return true;
  }
}
