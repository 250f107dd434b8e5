// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.spi.plugin.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Sets passwords that were forgotten, by links that are mailed. Thread-safe. */
@ProviderType
public interface PasswordService {

  /**
   * Asks for a link by which the account of an address gets a new password within an hour. Does the
   * same work and returns alike whether or not there is an account, and where it was asked for too
   * often. Leaves {@code user.reset_asked} in the operator's log.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where it is no address,
   *     {@code rate_limited} with a wait where too many were asked for from the source
   */
  void askReset(String email, Origin origin);

  /**
   * Sets the password that a link is for, once. Ends all sessions of the person, lifts all locks,
   * calls a change of the address off, verifies the address, and leaves {@code
   * user.password_changed} in the logs of the person's tenants and the operator's. The second
   * factor stays.
   *
   * @param password as in {@link UserService.NewUser}
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the token is broken,
   *     expired or used, or the password was set since it was asked for; {@code validation_failed}
   *     at {@code /password}, after which the token still works
   */
  void reset(Secret token, Secret password, Origin origin);
}
