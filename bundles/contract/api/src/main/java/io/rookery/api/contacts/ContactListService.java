// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tenant's lists of contacts. A list stands in a workspace, its contacts are the tenant's.
 * Thread-safe.
 */
@ProviderType
public interface ContactListService {

  /**
   * Makes a list; at most once per idempotency key of the context; {@code conflict} on a name that
   * another list of the tenant has, {@code validation_failed} at {@code /workspace_id} where it
   * cannot be put there.
   */
  ContactList create(TenantContext context, ListData data);

  /**
   * Makes a list of a name as {@link #create(TenantContext, ListData)}, in no certain workspace.
   */
  default ContactList create(TenantContext context, String name) {
    return create(context, new ListData(name, null));
  }

  /** Returns a list of the tenant. */
  ContactList get(TenantContext context, UUID id);

  /** Returns the tenant's lists by id. */
  Page<ContactList> list(TenantContext context, PageRequest page);

  /**
   * Renames a list or moves it to another workspace; null fields stay, the expected version as in
   * {@link ContactService#update}. Campaigns that have begun go on with it; others are refused
   * where it is no longer theirs to use.
   */
  ContactList update(TenantContext context, UUID id, ListData data, long expectedVersion);

  /** Removes a list; its contacts stay. */
  void delete(TenantContext context, UUID id);

  /**
   * Puts contacts, at most 1,000, on a list; those already there stay. Returns how many were added.
   */
  int add(TenantContext context, UUID id, List<UUID> contactIds);

  /** Takes a contact off a list; nothing happens where it is not on it. */
  void remove(TenantContext context, UUID id, UUID contactId);

  /** What is said of a list; a new one without a workspace is put into the main one. */
  record ListData(String name, UUID workspaceId) {}

  /** A list with the number of its contacts. */
  record ContactList(
      UUID id, UUID workspaceId, String name, long contacts, Instant createdAt, long version) {}
}
