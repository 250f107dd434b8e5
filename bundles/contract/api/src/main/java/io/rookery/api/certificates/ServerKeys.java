// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.certificates;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The keys of the hosts that have a certificate, as this node knows them: at most half a minute
 * old. Answers from memory, so that it goes on while the secret store is sealed. Thread-safe.
 */
@ProviderType
public interface ServerKeys {

  /**
   * Returns the key of a host, or empty where there is none.
   *
   * @param host in A-labels and lower case; anything may come
   */
  Optional<ServerKey> find(String host);
}
