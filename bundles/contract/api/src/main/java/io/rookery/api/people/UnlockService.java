// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
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
   * Unlocks the account that a mailed link is for, once. From where it is redeemed the person may
   * sign in for half an hour, however many others fail meanwhile.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the token is broken,
   *     unknown, expired or used
   */
  void redeem(Secret token, Origin origin);
}
