// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tenant's secrets. References are paths below the tenant's own folder, such as {@code
 * smtp/<mailbox>}; a reference can reach no other tenant's secret. Every access leaves an event
 * that names the purpose: a word of at most 64 characters, {@code [a-z][a-z0-9_.-]*}. While the
 * store is sealed or out of reach every call but {@link #status} throws {@code unavailable} with a
 * wait; so do reading and writing while the tenant itself is sealed ({@link TenantSeals}).
 * Thread-safe.
 */
@ProviderType
public interface SecretService {

  /**
   * Returns the newest version of a secret.
   *
   * @param purpose why it is read, such as {@code send}; for the audit log
   * @throws io.rookery.kernel.RookeryException {@code not_found} where there is none
   */
  SecretData read(TenantContext context, String reference, String purpose);

  /**
   * Returns the newest version of a secret with its number, to be given to {@link #replace}.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where there is none
   */
  SecretVersion readVersion(TenantContext context, String reference, String purpose);

  /**
   * Returns one version of a secret.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where there is none, or where it
   *     was destroyed
   */
  SecretVersion readVersion(TenantContext context, String reference, int number, String purpose);

  /** Removes the data of versions for good. Unknown versions are passed over. */
  void destroy(TenantContext context, String reference, Set<Integer> versions, String purpose);

  /**
   * Writes a new version of a secret if the newest one is still that which the writer knows of, and
   * returns its number: of several nodes that want to, one does.
   *
   * @param known the newest version's number, or 0 where there must be none yet
   * @throws io.rookery.kernel.RookeryException {@code conflict} where it is another one
   */
  int replace(TenantContext context, String reference, int known, SecretData data, String purpose);

  /** Writes a new version of a secret and returns its number, from 1. */
  int write(TenantContext context, String reference, SecretData data, String purpose);

  /** Removes a secret with all its versions; nothing happens where there is none. */
  void purge(TenantContext context, String reference, String purpose);

  /** Returns what is known of the tenant's secrets, never a value. */
  List<SecretMetadata> list(TenantContext context);

  /** Returns whether the store in use can be used now. */
  StoreStatus status();
}
