// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where a secret stands: {@code tenants/<tenant>/…} or {@code platform/…}. Parts are joined by
 * slashes; each has 1 to 100 characters of {@code A-Z a-z 0-9 . _ @ -} and is neither {@code .} nor
 * {@code ..}.
 *
 * @param value the whole path, at most 512 characters
 */
public record SecretPath(String value) implements Comparable<SecretPath> {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:tenants/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|platform)"
              + "(?:/(?!\\.{1,2}(?:/|$))[\\w.@-]{1,100})*");

  /** Refuses a path of another form. */
  public SecretPath {
    Objects.requireNonNull(value, "value");
    if (value.length() > 512 || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not a secret's path");
    }
  }

  /** Returns a path below a tenant's folder. */
  public static SecretPath tenant(UUID tenantId, String below) {
    return new SecretPath("tenants/" + tenantId + "/" + below);
  }

  /** Returns a tenant's folder. */
  public static SecretPath tenant(UUID tenantId) {
    return new SecretPath("tenants/" + tenantId);
  }

  /** Returns a path below the platform's folder. */
  public static SecretPath platform(String below) {
    return new SecretPath("platform/" + below);
  }

  /** Returns the tenant whose path this is, or null for the platform's. */
  public UUID tenantId() {
    return value.startsWith("tenants/") ? UUID.fromString(value.substring(8, 44)) : null;
  }

  @Override
  public int compareTo(SecretPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
