// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps secrets in versions, with the meaning of Vault's KV version 2. Registered as a service with
 * the properties {@code store} (its name, such as {@code embedded}) and {@code version}. Every
 * change is durable when the call returns. Thread-safe.
 */
@ConsumerType
public interface SecretStore {

  /** Returns whether the store can be used now. */
  StoreStatus status();

  /**
   * Reads a version of a secret.
   *
   * @param version the version, or 0 for the newest
   * @return empty where there is none, or where it is deleted or destroyed
   * @throws SecretStoreException where the store cannot answer
   */
  Optional<SecretVersion> read(SecretPath path, int version);

  /**
   * Writes a new version.
   *
   * @param check the newest version that the writer knows of, 0 where the secret must not exist
   *     yet, or -1 to write in any case
   * @return the new version's number, from 1
   * @throws SecretStoreException of kind {@code CONFLICT} where the newest version is another one
   */
  int write(SecretPath path, SecretData data, int check);

  /** Marks versions as deleted; they can be undeleted. Unknown versions are passed over. */
  void delete(SecretPath path, Set<Integer> versions);

  /** Makes deleted versions readable again. Unknown and destroyed versions are passed over. */
  void undelete(SecretPath path, Set<Integer> versions);

  /** Removes the data of versions for good. Unknown versions are passed over. */
  void destroy(SecretPath path, Set<Integer> versions);

  /** Returns what is known of a secret without its data, or empty where there is none. */
  Optional<SecretMetadata> metadata(SecretPath path);

  /** Removes a secret with all versions and metadata; nothing happens where there is none. */
  void purge(SecretPath path);

  /** Returns the paths of all secrets below a folder, in order. */
  List<SecretPath> list(SecretPath folder);
}
