// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.Objects;

/**
 * Who does something: the kind of caller and the id by which the audit log names it. Never holds an
 * address, a name or a secret.
 *
 * @param kind what sort of caller this is
 * @param id the caller's stable id within its kind, at most 100 characters, never null
 */
public record Actor(Kind kind, String id) {

  /** The sorts of callers. */
  public enum Kind {
    /** A person with operator rights, at the shell or by an operator key. */
    OPERATOR,
    /** A program that holds an API key; the id is the key's id. */
    API_KEY,
    /** A signed-in person; the id is the user's id. */
    USER,
    /** A part of the platform itself; the id is its name. */
    SYSTEM,
    /** Somebody who holds nothing but a link from a mail. */
    PUBLIC
  }

  /** Checks that the actor can be named. */
  public Actor {
    Objects.requireNonNull(kind, "kind");
    if (id == null || id.isBlank() || id.length() > 100) {
      throw new IllegalArgumentException("An actor needs an id of 1 to 100 characters");
    }
  }

  /** Returns the actor for a part of the platform, such as {@code sending}. */
  public static Actor system(String part) {
    return new Actor(Kind.SYSTEM, part);
  }
}
