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
   * key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where a second factor is in use
   */
  Enrolment enrol(TenantContext person);

  /**
   * Takes the secret into use and returns ten recovery codes, each of which stands for a code once.
   * Leaves {@code user.second_factor_added} in the tenant's log.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where nothing is to be
   *     confirmed, {@code validation_failed} at {@code /code} where the code is wrong
   */
  List<Secret> confirm(TenantContext person, String code);

  /**
   * Ends the use of the second factor. Leaves {@code user.second_factor_removed} in the tenant's
   * log.
   *
   * @param code a code or a recovery code
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where none is in use, {@code
   *     validation_failed} at {@code /code} where the code is wrong
   */
  void remove(TenantContext person, String code);

  /**
   * A secret that is not in use yet.
   *
   * @param secret the secret in base32 (RFC 4648), for typing
   * @param uri the same as an {@code otpauth} address, for a QR code
   */
  record Enrolment(UUID id, Secret secret, Secret uri) implements SecretBearing {}
}
