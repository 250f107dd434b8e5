// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The platform's own keys, loaded when it starts and held in memory from then on, so that what they
 * protect goes on while the secret store is sealed. Each purpose has a key of its own; older keys
 * verify for as long as anything refers to them. Published as a service only once all keys are
 * loaded. Thread-safe.
 */
@ProviderType
public interface PlatformKeys {

  /** Returns the key that new digests are made with. */
  PlatformKey current(KeyPurpose purpose);

  /** Returns the key of an id, current or older, or empty where there never was one. */
  Optional<PlatformKey> find(KeyPurpose purpose, int id);
}
