// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.util.List;

/**
 * An operation as the served document describes it.
 *
 * @param method the HTTP method
 * @param template the path with its parameters in braces
 * @param access who may call it
 * @param scope the scope that a key needs; empty where any will do
 * @param references query parameters and body members that name other objects by id
 */
public record Operation(
    String method, String template, Access access, String scope, List<Reference> references) {

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
