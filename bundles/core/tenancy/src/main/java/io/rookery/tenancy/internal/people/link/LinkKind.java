// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.link;

import java.time.Duration;
import java.util.Locale;

/** What mailed links are for. None works for another purpose than its own. */
public enum LinkKind {
  /** Lifts the locks of an account. */
  UNLOCK(Duration.ofMinutes(30)),
  /** Sets the password of an account. */
  RESET(Duration.ofHours(1)),
  /** Verifies the address that it goes to; where it is of a change, the account has it then. */
  VERIFY(Duration.ofDays(1)),
  /** Makes a member of whoever was invited. */
  INVITATION(Duration.ofDays(7));

  private final Duration lifetime;

  LinkKind(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** Returns how long a link works from its cause on. */
  public Duration lifetime() {
    return lifetime;
  }

  /** Returns the name of the page that it leads to, as it stands in addresses and in rows. */
  public String page() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what tokens begin with, by which scanners find them. */
  String prefix() {
    return "rky_" + page() + "_";
  }
}
