// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.tenancy.Scope;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

  private static boolean may(Role role, Scope wanted) {
    return role.scopes().stream().anyMatch(held -> held.allows(wanted));
  }

  /** For each scope who may, from owner to viewer. */
  @ParameterizedTest
  @CsvSource({
    "mail:send, true, true, true, false",
    "mail:send:read, true, true, true, true",
    "contacts, true, true, true, false",
    "contacts:read, true, true, true, true",
    "campaigns, true, true, true, false",
    "campaigns:read, true, true, true, true",
    "templates, true, true, true, false",
    "templates:read, true, true, true, true",
    "mailboxes, true, true, true, false",
    "mailboxes:read, true, true, true, true",
    "domains, true, true, true, false",
    "domains:read, true, true, true, true",
    "analytics:read, true, true, true, true",
    "webhooks, true, true, true, false",
    "webhooks:read, true, true, true, true",
    "secrets, true, true, false, false",
    "secrets:read, true, true, false, false",
    "hosts, true, true, false, false",
    "hosts:read, true, true, false, false",
    "billing, true, false, false, false",
    "billing:read, true, false, false, false",
    "inbox, true, true, true, false",
    "inbox:read, true, true, true, true",
    "admin, true, true, false, false",
    "admin:read, true, true, false, false"
  })
  void aRoleShouldHaveItsScopes(
      String wire, boolean owner, boolean admin, boolean member, boolean viewer) {
    Scope scope = Scope.of(wire).orElseThrow();
    assertThat(may(Role.OWNER, scope)).isEqualTo(owner);
    assertThat(may(Role.ADMIN, scope)).isEqualTo(admin);
    assertThat(may(Role.MEMBER, scope)).isEqualTo(member);
    assertThat(may(Role.VIEWER, scope)).isEqualTo(viewer);
  }

  @Test
  void noRoleShouldHaveWhatTheOneAboveLacks() {
    Set<Scope> above = EnumSet.allOf(Scope.class);
    for (Role role : Role.values()) {
      for (Scope scope : Scope.values()) {
        assertThat(may(role, scope) && !above.contains(scope)).as(role + " " + scope).isFalse();
      }
      Set<Scope> held = EnumSet.noneOf(Scope.class);
      for (Scope scope : Scope.values()) {
        if (may(role, scope)) {
          held.add(scope);
        }
      }
      above = held;
    }
  }
}
