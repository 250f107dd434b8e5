// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is known of a tenant's secrets, never a value. While the store cannot be used every call
 * throws {@code unavailable} with a wait. Thread-safe.
 */
@ProviderType
public interface SecretCatalogue {

  /** Returns the tenant's secrets by their references. */
  Page<Entry> list(TenantContext context, PageRequest page);

  /**
   * Returns a secret.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where the tenant has none of this
   *     id
   */
  Entry get(TenantContext context, UUID id);

  /**
   * Marks a version as deleted, so that nobody reads it until it is undeleted; leaves {@code
   * secret.deleted} in the log. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where there is no such secret or
   *     version, {@code wrong_state} where the version is destroyed
   */
  Entry delete(TenantContext context, UUID id, int version);

  /**
   * Makes a deleted version readable again; leaves {@code secret.undeleted} in the log. Fails as
   * {@link #delete} does, and with {@code unavailable} while the tenant is sealed.
   */
  Entry undelete(TenantContext context, UUID id, int version);

  /**
   * A secret without its data.
   *
   * @param id derived from its path, as events name it
   * @param reference its path below the tenant's folder
   * @param kind what it is for: the first part of the reference, such as {@code smtp}
   * @param currentVersion the newest version's number
   * @param createdAt when the newest version was written
   * @param versions every version that the store knows of, oldest first
   * @param incidents by number, the incident by which a version is held to be compromised
   */
  record Entry(
      UUID id,
      String reference,
      String kind,
      int currentVersion,
      Instant createdAt,
      List<SecretMetadata.Version> versions,
      Map<Integer, String> incidents) {

    /** Copies the versions and the incidents. */
    public Entry {
      versions = List.copyOf(versions);
      incidents = Map.copyOf(incidents);
    }
  }
}
