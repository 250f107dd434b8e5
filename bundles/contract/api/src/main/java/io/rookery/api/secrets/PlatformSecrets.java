// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's secrets that serve every tenant, such as those of client registrations. References
 * are paths below the platform's own folder; the platform's keys are not among them. Every access
 * leaves an event in the log of the context's tenant that names the purpose, as with {@link
 * SecretService}, and fails in the same ways. Thread-safe.
 */
@ProviderType
public interface PlatformSecrets {

  /**
   * Returns the newest version of a secret.
   *
   * @param context on whose behalf it is read
   * @param purpose why it is read, such as {@code oauth.renew}
   * @throws io.rookery.kernel.RookeryException {@code not_found} where there is none
   */
  SecretData read(TenantContext context, String reference, String purpose);

  /** Writes a new version of a secret for the operator and returns its number, from 1. */
  int write(TenantContext operator, String reference, SecretData data, String purpose);

  /** Removes a secret with all its versions; nothing happens where there is none. */
  void purge(TenantContext context, String reference, String purpose);
}
