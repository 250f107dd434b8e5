// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * Who may call a method.
 *
 * @param open whether no key is needed
 * @param scope the scope that a key needs, or null where any key will do
 * @param others scopes of which each does as well
 * @param operator whether the key must be one of the operator's own tenant
 * @param person whether it takes somebody who is signed in
 * @param live whether test keys are refused
 * @param within whether those may who see some workspaces alone
 */
public record Access(
    boolean open,
    Scope scope,
    List<Scope> others,
    boolean operator,
    boolean person,
    boolean live,
    boolean within) {

  /** Returns whether a key's scopes suffice. */
  boolean allows(Caller caller) {
    return scope == null || caller.may(scope) || others.stream().anyMatch(caller::may);
  }

  /** Reads the annotations of a method, then of its class; empty where there is none. */
  public static Optional<Access> of(Method method) {
    Class<?> type = method.getDeclaringClass();
    boolean within =
        method.isAnnotationPresent(WithinWorkspaces.class)
            || type.isAnnotationPresent(WithinWorkspaces.class);
    return read(method, within).or(() -> read(type, within));
  }

  private static Optional<Access> read(AnnotatedElement element, boolean within) {
    RequiresScope scope = element.getAnnotation(RequiresScope.class);
    if (scope != null) {
      return Optional.of(
          new Access(
              false,
              scope.value(),
              List.of(scope.or()),
              scope.operator(),
              scope.person(),
              scope.live(),
              within));
    }
    if (element.isAnnotationPresent(Authenticated.class)) {
      return Optional.of(new Access(false, null, List.of(), false, false, false, within));
    }
    if (element.isAnnotationPresent(PersonOnly.class)) {
      return Optional.of(new Access(false, null, List.of(), false, true, false, within));
    }
    return element.isAnnotationPresent(Public.class)
        ? Optional.of(new Access(true, null, List.of(), false, false, false, within))
        : Optional.empty();
  }
}
