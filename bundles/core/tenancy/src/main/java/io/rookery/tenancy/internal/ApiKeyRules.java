// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key may be. */
final class ApiKeyRules {

  /** How long a rotated key works on unless told otherwise. */
  static final Duration GRACE = Duration.ofHours(24);

  private static final Duration LONGEST_GRACE = Duration.ofDays(7);
  private static final int NAME = 100;
  private static final int ADDRESSES = 50;

  /** What a test key must not reach, as it would reach live things. */
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

  private ApiKeyRules() {}

  static void check(NewApiKey key, Instant now) {
    List<FieldError> errors = new ArrayList<>();
    if (key.name() == null || key.name().isBlank() || key.name().length() > NAME) {
      errors.add(new FieldError("/name", "Give 1 to " + NAME + " characters"));
    }
    if (key.mode() == null) {
      errors.add(new FieldError("/mode", "Give live or test"));
    }
    if (key.scopes().isEmpty()) {
      errors.add(new FieldError("/scopes", "Give at least one scope"));
    }
    if (key.mode() == Mode.TEST && key.scopes().stream().anyMatch(LIVE_ONLY::contains)) {
      errors.add(
          new FieldError(
              "/scopes", "A test key cannot hold " + wire(LIVE_ONLY) + "; make a live key"));
    }
    if (key.expiresAt() != null && !key.expiresAt().isAfter(now)) {
      errors.add(new FieldError("/expires_at", "Give a time in the future"));
    }
    if (key.addresses().size() > ADDRESSES) {
      errors.add(new FieldError("/addresses", "Give at most " + ADDRESSES + " ranges"));
    }
    for (int i = 0; i < key.addresses().size(); i++) {
      if (AddressRange.parse(key.addresses().get(i)).isEmpty()) {
        errors.add(
            new FieldError(
                "/addresses/" + i, "Give an IP address or a range such as 192.0.2.0/24"));
      }
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  /**
   * Returns the ranges that a key gets, canonical: those wanted, which must lie within those of the
   * key that makes it, or else the maker's own.
   */
  static List<String> addresses(List<String> wanted, List<AddressRange> maker) {
    List<AddressRange> ranges =
        wanted.stream().map(text -> AddressRange.parse(text).orElseThrow()).distinct().toList();
    boolean within =
        maker.isEmpty()
            || ranges.stream()
                .allMatch(range -> maker.stream().anyMatch(own -> own.contains(range)));
    if (!within) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN,
          "A key that is bound to addresses makes keys for the same or fewer only");
    }
    return (ranges.isEmpty() ? maker : ranges).stream().map(AddressRange::toString).toList();
  }

  /** A key grants no scope that its maker lacks, and a test key makes test keys only. */
  static void checkMaker(Set<Scope> wanted, Mode mode, Set<Scope> holder, Mode makerMode) {
    Set<Scope> lacking =
        wanted.stream()
            .filter(scope -> holder.stream().noneMatch(held -> held.allows(scope)))
            .collect(Collectors.toSet());
    if (!lacking.isEmpty()) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN,
          "Whoever makes a key must hold its scopes; lacking: " + wire(lacking));
    }
    if (makerMode == Mode.TEST && mode != Mode.TEST) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "A test key makes test keys only");
    }
  }

  /** Returns the grace to give: the default where none is said. */
  static Duration checkGrace(Duration grace) {
    if (grace == null) {
      return GRACE;
    }
    if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      throw RookeryException.invalid("/grace_seconds", "Give a grace of 0 seconds to 7 days");
    }
    return grace;
  }

  private static String wire(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::wire).collect(Collectors.joining(", "));
  }
}
