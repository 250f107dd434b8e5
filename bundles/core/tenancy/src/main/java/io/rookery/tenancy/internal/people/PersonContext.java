// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.util.UUID;

/** Reads whom a context is about. */
final class PersonContext {

  private PersonContext() {}

  /** Returns the id of the context's person, or refuses a program. */
  static UUID userId(TenantContext context) {
    if (context.actor().kind() != Actor.Kind.USER) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "Only somebody who is signed in may do this");
    }
    return UUID.fromString(context.actor().id());
  }
}
