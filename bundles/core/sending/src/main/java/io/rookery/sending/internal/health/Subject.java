// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import java.util.Locale;
import java.util.UUID;

/**
 * Whose sending is counted.
 *
 * @param name the mailbox's id, the From domain, or an empty text for the tenant
 */
public record Subject(Scope scope, String name) {

  /** What can be counted, the widest first: in this order pauses are written, so none waits. */
  public enum Scope {
    TENANT,
    DOMAIN,
    MAILBOX;

    /** Returns the word for it in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final Subject TENANT = new Subject(Scope.TENANT, "");

  static Subject domain(String host) {
    return new Subject(Scope.DOMAIN, host.toLowerCase(Locale.ROOT));
  }

  /** Returns the subject that a mailbox is. */
  public static Subject mailbox(UUID id) {
    return new Subject(Scope.MAILBOX, id.toString());
  }
}
