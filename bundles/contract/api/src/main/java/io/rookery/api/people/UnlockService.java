// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lifts locks that failed sign-ins have put on an account before they go by themselves. Leaves
 * {@code user.unlocked} in the logs of the person's tenants. Thread-safe.
 */
@ProviderType
public interface UnlockService {

  /**
   * Unlocks an account as the operator. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code not_found} where the address has no account
   */
  User unlock(TenantContext operator, String email);

  /**
   * Makes the token of a link that unlocks a person's account once, within half an hour, in place
   * of earlier ones. For whoever mails it to the person after {@code user.locked}, and for nobody
   * else.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found}
   */
  Secret link(UUID userId);

  /**
   * Unlocks the account that a link is for.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the token is broken,
   *     unknown, expired or used
   */
  void redeem(Secret token, Origin origin);
}
