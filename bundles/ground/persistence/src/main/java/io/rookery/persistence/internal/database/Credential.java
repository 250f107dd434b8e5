// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import java.util.Objects;

/** A role's name and password. */
public record Credential(String user, String password) {

  /** Refuses half a credential. */
  public Credential {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return user;
  }
}
