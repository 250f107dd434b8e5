// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** People's accounts. Thread-safe. */
@ProviderType
public interface UserService {

  /**
   * Makes an account and a membership of a tenant; at most once per idempotency key of the context.
   * Leaves {@code user.created} and {@code member.added} in the tenant's log.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code not_found} where there is no such tenant, {@code conflict} where the
   *     address has an account, {@code validation_failed}
   */
  Member create(TenantContext operator, UUID tenantId, NewUser user);

  /** Returns the context's person. */
  User self(TenantContext person);

  /**
   * What a new account begins with.
   *
   * @param password at least 12 characters that hold neither the address nor the name and are not
   *     common
   */
  record NewUser(String email, String name, Secret password, Role role) {}
}
