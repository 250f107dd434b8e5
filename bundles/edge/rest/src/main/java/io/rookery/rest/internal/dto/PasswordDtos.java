// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.media.Schema;

/** What is said of passwords that are set by a mailed link. */
public final class PasswordDtos {

  private PasswordDtos() {}

  /** The address of an account whose password was forgotten. */
  public record ResetAskRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String email) {

    /** Returns the address. */
    public String checked() {
      new Checks().text("/email", email).longest("/email", email, 254).done();
      return email;
    }
  }

  /** The same for whatever address. */
  @Schema(name = "ResetAsked")
  public record ResetAskedView(String detail) {

    /** The one answer. */
    public static final ResetAskedView SAME =
        new ResetAskedView("If the address has an account, a mail with a link is on its way to it");
  }

  /** The token of a mailed link, and the password that is to be set. */
  public record ResetRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String token,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String password) {

    /** Asks for what must be there. */
    public void check() {
      new Checks().text("/token", token).given("/password", password).done();
    }

    /** Returns the token. */
    public Secret tokenSecret() {
      return Secret.of(token);
    }

    /** Returns the password. */
    public Secret passwordSecret() {
      return Secret.of(password);
    }

    @Override
    public String toString() {
      return "ResetRequest[]";
    }
  }
}
