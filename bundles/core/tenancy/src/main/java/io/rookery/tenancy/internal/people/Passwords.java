// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.tenancy.internal.people.password.PasswordHasher;
import org.osgi.service.component.annotations.Component;

/** The one place of this node in which passwords are hashed, so that its bound holds for all. */
@Component(service = Passwords.class)
public final class Passwords {

  private final PasswordHasher hasher = new PasswordHasher();

  /** Returns what hashes. */
  public PasswordHasher hasher() {
    return hasher;
  }
}
