// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import java.time.Instant;
import java.util.UUID;

/**
 * A customer of the platform.
 *
 * @param id its id
 * @param slug its short name in lower case, unique over the platform
 * @param name its name for people
 * @param postalAddress the address that every commercial mail must show (16 CFR 316), or null while
 *     not given
 * @param status whether it may send
 * @param weight its part where sending is shared out among tenants, from 1, the default, to 100
 * @param version rises with each change, for If-Match
 */
public record Tenant(
    UUID id,
    String slug,
    String name,
    String postalAddress,
    Status status,
    int weight,
    Instant createdAt,
    long version) {

  /** The largest weight. */
  public static final int HEAVIEST = 100;

  /** Whether a tenant may send. */
  public enum Status {
    ACTIVE,
    SUSPENDED
  }
}
