// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The addresses that people sign in with: that somebody reads what is mailed there, and that they
 * change. Links work for a day, once. Thread-safe.
 */
@ProviderType
public interface EmailAddressService {

  /**
   * Has a link mailed to the person's address, which verifies it; at most once per idempotency key
   * of the context. Leaves {@code user.verification_asked} in the tenant's log.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} for a program, {@code wrong_state}
   *     where the address is verified already, {@code rate_limited} where more than three links
   *     were asked for within an hour
   */
  void askVerification(TenantContext person);

  /**
   * Has a link mailed to another address, which makes it the person's, and tells the present one of
   * it; at most once per idempotency key of the context. Nothing changes before the link is used.
   * Takes the place of a change that was asked for before. Returns alike whether or not the other
   * address has an account; where it has one, no link is mailed. Leaves {@code email_change.asked}
   * and {@code email_change.link_asked} in the tenant's log.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} for a program; {@code
   *     validation_failed} at {@code /email} where it is no address or the person's own, and at
   *     {@code /password} where that is wrong, which counts as a failed sign-in; {@code
   *     rate_limited} where the source is locked or more than three links were asked for within an
   *     hour; {@code unlock_required} as in signing in
   */
  void askChange(TenantContext person, NewAddress wanted, Origin origin);

  /**
   * Verifies the address that a link was mailed to, once; where it is of a change, it is the
   * person's from now on. Sessions, locks and the second factor stay. Leaves {@code
   * user.email_verified} or {@code user.email_changed} in the logs of the person's tenants.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the token is broken,
   *     expired or used, the change was called off, or the account has another address by now;
   *     {@code conflict} where another account has taken the address meanwhile
   */
  void redeem(Secret token, Origin origin);

  /**
   * The address that a person wants.
   *
   * @param password the person's password
   */
  record NewAddress(String email, Secret password) {}
}
