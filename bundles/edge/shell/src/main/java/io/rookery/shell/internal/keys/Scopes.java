// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext.Mode;
import java.util.EnumSet;
import java.util.Set;

/** Reads the scopes of a key. */
final class Scopes {

  /** What reaches live things only, so that a test key cannot hold it. */
  private static final Set<Scope> LIVE_ONLY =
      EnumSet.of(
          Scope.SECRETS,
          Scope.SECRETS_READ,
          Scope.HOSTS,
          Scope.HOSTS_READ,
          Scope.DOMAINS,
          Scope.DOMAINS_READ,
          Scope.BILLING,
          Scope.BILLING_READ);

  private Scopes() {}

  /** Returns the scopes of a list joined by commas; {@code all} is whatever the mode admits. */
  static Set<Scope> parse(String text, Mode mode) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    if (text.equals("all")) {
      scopes.addAll(EnumSet.allOf(Scope.class));
      if (mode == Mode.TEST) {
        scopes.removeAll(LIVE_ONLY);
      }
      return scopes;
    }
    for (String part : text.split(",")) {
      scopes.add(
          Scope.of(part.strip())
              .orElseThrow(
                  () -> RookeryException.invalid("/scopes", "There is no scope " + part.strip())));
    }
    return scopes;
  }
}
