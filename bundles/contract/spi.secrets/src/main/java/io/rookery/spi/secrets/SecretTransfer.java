// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a {@link SecretStore} can do beyond so that all that it keeps can be moved to another store
 * or brought here from one; implemented by the store itself. Thread-safe.
 */
@ConsumerType
public interface SecretTransfer {

  /**
   * Returns the tenants that have secrets here, in order; it may name some that have none any more.
   *
   * @throws SecretStoreException where the store cannot answer
   */
  List<UUID> tenants();

  /**
   * Returns the data of a version that is marked as deleted; empty where there is none, or where it
   * was destroyed or is not deleted. A store that cannot read it as it is may undelete the version
   * for the time of the call; where the call does not come back the version may stay undeleted, and
   * the caller is to delete it again.
   *
   * @throws SecretStoreException where the store cannot answer
   */
  Optional<SecretData> deletedData(SecretPath path, int version);

  /**
   * Adds a version under the number that it had elsewhere, which becomes the secret's newest, with
   * its state. Numbers in between have no version afterwards, or a destroyed one. The store keeps
   * the moments at which the version was written and deleted where it can. Nothing else may write
   * to the secret meanwhile. May be repeated where it failed: a number that is there stays as it is
   * but for being deleted or destroyed as is wanted.
   *
   * @param version the version's number and state
   * @param data its data; null where it is destroyed
   * @throws SecretStoreException of kind {@code CONFLICT} where the store holds newer versions, but
   *     not this one
   */
  void restore(SecretPath path, SecretMetadata.Version version, SecretData data);
}
