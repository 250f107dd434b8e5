// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.api.tenancy.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person is in a tenant. Which scopes a role has is said here and nowhere else. */
public enum Role {
  /** May do everything; a tenant always has one. */
  OWNER(EnumSet.allOf(Scope.class)),
  /** May do everything but billing and what concerns owners. */
  ADMIN(without(OWNER.scopes, Scope.BILLING, Scope.BILLING_READ)),
  /** Does the daily work. */
  MEMBER(
      without(
          ADMIN.scopes,
          Scope.ADMIN,
          Scope.ADMIN_READ,
          Scope.SECRETS,
          Scope.SECRETS_READ,
          Scope.HOSTS,
          Scope.HOSTS_READ)),
  /** Reads what a member may read. */
  VIEWER(reading(MEMBER.scopes));

  private final Set<Scope> scopes;

  Role(Set<Scope> scopes) {
    this.scopes = Set.copyOf(scopes);
  }

  private static Set<Scope> without(Set<Scope> scopes, Scope... left) {
    Set<Scope> rest = EnumSet.copyOf(scopes);
    Arrays.asList(left).forEach(rest::remove);
    return rest;
  }

  private static Set<Scope> reading(Set<Scope> scopes) {
    return scopes.stream()
        .filter(scope -> scope.wire().endsWith(":read"))
        .collect(Collectors.toSet());
  }

  /** Returns the scopes that a person of this role has, unmodifiable. */
  public Set<Scope> scopes() {
    return scopes;
  }
}
