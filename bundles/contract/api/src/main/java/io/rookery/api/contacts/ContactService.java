// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tenant's contacts. An address belongs to one contact, compared in its normalised form.
 * Thread-safe.
 */
@ProviderType
public interface ContactService {

  /**
   * Makes a contact; at most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code conflict} where the address is taken, {@code
   *     validation_failed} where a field is wrong
   */
  Contact create(TenantContext context, ContactData data);

  /** Returns a contact of the tenant. */
  Contact get(TenantContext context, UUID id);

  /** Returns the tenant's contacts by id, those of a list only where one is named. */
  Page<Contact> list(TenantContext context, Filter filter, PageRequest page);

  /**
   * Changes a contact; null fields stay, and an attribute whose value is null is removed.
   *
   * @param expectedVersion the version last seen, or 0 to change whatever is there
   * @throws io.rookery.kernel.RookeryException {@code precondition_failed} where it is another one
   */
  Contact update(TenantContext context, UUID id, ContactData data, long expectedVersion);

  /** Removes a contact. Suppression of its address stays. */
  void delete(TenantContext context, UUID id);

  /** Which contacts are wanted; null parts do not narrow. The attribute filter is name → value. */
  record Filter(UUID listId, String email, Map<String, String> attributes) {}
}
