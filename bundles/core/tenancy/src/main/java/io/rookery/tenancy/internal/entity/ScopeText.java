// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.entity;

import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext.Mode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How scopes, modes and ranges of addresses are written in a row. */
public final class ScopeText {

  private ScopeText() {}

  /** Writes scopes as clients do, in order, joined by spaces. */
  public static String write(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::wire).collect(Collectors.joining(" "));
  }

  /** Reads scopes; one that this release does not know grants nothing. */
  public static Set<Scope> readScopes(String text) {
    return Arrays.stream(text.split(" "))
        .map(Scope::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
  }

  /**
   * Reads ranges joined by spaces.
   *
   * @throws IllegalStateException where one cannot be read: leaving it out would open the key
   */
  public static List<AddressRange> readAddresses(String text) {
    return Arrays.stream(text.split(" "))
        .filter(range -> !range.isEmpty())
        .map(range -> AddressRange.parse(range).orElseThrow(IllegalStateException::new))
        .toList();
  }

  /** Writes a mode. */
  public static String write(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** Reads a mode. */
  public static Mode readMode(String text) {
    return Mode.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
