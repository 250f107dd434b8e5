// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.util.List;
import java.util.function.Predicate;

/**
 * An operation as the served document describes it.
 *
 * @param method the HTTP method
 * @param template the path with its parameters in braces
 * @param access who may call it
 * @param scopes the scopes of which a key needs one, the operation's own first; empty where any key
 *     will do
 * @param references query parameters and body members that name other objects by id
 */
public record Operation(
    String method,
    String template,
    Access access,
    List<String> scopes,
    List<Reference> references) {

  /** Whose key an operation takes. */
  public enum Access {
    /** None is needed. */
    OPEN,
    /** A tenant's key. */
    TENANT,
    /** A key of the operator. */
    OPERATOR,
    /** The token of somebody who is signed in. */
    PERSON
  }

  /**
   * A place that takes the id of an object.
   *
   * @param name the query parameter or the member of the body
   * @param query whether it stands in the query
   * @param many whether it takes a list of ids
   */
  public record Reference(String name, boolean query, boolean many) {}

  /** Returns the operation's own scope; empty where any key will do. */
  public String scope() {
    return scopes.isEmpty() ? "" : scopes.get(0);
  }

  /** Returns whether it takes a scope, and each that it takes is of some kind. */
  public boolean takesOnly(Predicate<String> kind) {
    return !scopes.isEmpty() && scopes.stream().allMatch(kind);
  }

  /** Returns what a recipe is found by. */
  public String key() {
    return method + " " + template;
  }

  public boolean hasPathParameters() {
    return template.contains("{");
  }

  public boolean reads() {
    return method.equals("GET");
  }

  /** Returns the path up to its first parameter, without a slash at its end. */
  public String collection() {
    return template.replaceFirst("/\\{.*", "");
  }
}
