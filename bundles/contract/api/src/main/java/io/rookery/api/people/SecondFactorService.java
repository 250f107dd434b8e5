// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.SecretBearing;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Codes of time as a second factor (RFC 6238: SHA-1, 6 digits, 30 s), for the context's person. The
 * secret stands in the secret store, so nothing here works while the store is sealed; signing in
 * with a recovery code does. Thread-safe.
 */
@ProviderType
public interface SecondFactorService {

  /**
   * Makes a new secret, which counts once a code of it is confirmed; at most once per idempotency
   * key of the context. Whoever has got hold of a session alone must not lock its person out.
   *
   * @param password the person's; a wrong one counts as a sign-in that failed
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where a second factor is in use,
   *     {@code validation_failed} at {@code /password}, {@code rate_limited} and {@code
   *     unlock_required} after too many failures
   */
  Enrolment enrol(TenantContext person, Secret password, Origin origin);

  /**
   * Takes the secret into use and returns ten recovery codes, each of which stands for a code once.
   * Leaves {@code user.second_factor_added} in the tenant's log.
   *
   * @param code a code; a wrong one counts as a sign-in that failed
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where nothing is to be
   *     confirmed, {@code validation_failed} at {@code /code} where the code is wrong, {@code
   *     rate_limited} and {@code unlock_required} after too many failures
   */
  List<Secret> confirm(TenantContext person, String code, Origin origin);

  /**
   * Ends the use of the second factor. Leaves {@code user.second_factor_removed} in the tenant's
   * log.
   *
   * @param removal what shows that it is the person; what is wrong counts as a sign-in that failed
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where none is in use, {@code
   *     validation_failed} at {@code /password} or {@code /code}, {@code rate_limited} and {@code
   *     unlock_required} after too many failures
   */
  void remove(TenantContext person, Removal removal, Origin origin);

  /**
   * Ends the use of somebody's second factor as the operator, for whoever has lost it with all
   * recovery codes. Leaves {@code user.second_factor_removed} in the logs of the person's tenants
   * and of the operator; sessions go on, and the password stays.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code not_found} where the address has no account, {@code wrong_state} where
   *     no second factor is in use
   */
  User takeOff(TenantContext operator, String email);

  /**
   * What a person removes the second factor by.
   *
   * @param code a code or a recovery code
   */
  record Removal(Secret password, String code) {}

  /**
   * A secret that is not in use yet.
   *
   * @param secret the secret in base32 (RFC 4648), for typing
   * @param uri the same as an {@code otpauth} address, for a QR code
   */
  record Enrolment(UUID id, Secret secret, Secret uri) implements SecretBearing {}
}
