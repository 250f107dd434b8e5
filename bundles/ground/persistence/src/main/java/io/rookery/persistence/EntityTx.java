// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import io.rookery.kernel.Tx;
import javax.persistence.EntityManager;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's transaction that also carries the entity manager of the caller's unit. */
@ProviderType
public interface EntityTx extends Tx {

  /** Returns the entity manager, on the same connection; closed when the transaction ends. */
  EntityManager entities();
}
