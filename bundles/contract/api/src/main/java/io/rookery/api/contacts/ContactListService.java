// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's lists of contacts. Thread-safe. */
@ProviderType
public interface ContactListService {

  /**
   * Makes a list; at most once per idempotency key of the context; {@code conflict} on a taken
   * name.
   */
  ContactList create(TenantContext context, String name);

  /** Returns a list of the tenant. */
  ContactList get(TenantContext context, UUID id);

  /** Returns the tenant's lists by id. */
  Page<ContactList> list(TenantContext context, PageRequest page);

  /** Renames a list; the expected version as in {@link ContactService#update}. */
  ContactList rename(TenantContext context, UUID id, String name, long expectedVersion);

  /** Removes a list; its contacts stay. */
  void delete(TenantContext context, UUID id);

  /**
   * Puts contacts, at most 1,000, on a list; those already there stay. Returns how many were added.
   */
  int add(TenantContext context, UUID id, List<UUID> contactIds);

  /** Takes a contact off a list; nothing happens where it is not on it. */
  void remove(TenantContext context, UUID id, UUID contactId);

  /** A list with the number of its contacts. */
  record ContactList(UUID id, String name, long contacts, Instant createdAt, long version) {}
}
