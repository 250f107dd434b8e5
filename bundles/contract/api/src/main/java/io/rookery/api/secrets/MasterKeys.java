// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.MasterRewrap;
import org.osgi.annotation.versioning.ProviderType;

/** The master key of the embedded store. For the operator, whose context is given. Thread-safe. */
@ProviderType
public interface MasterKeys {

  /**
   * Wraps every data key under another master key too, while the store is used; leaves {@code
   * secret.master_key_rewrapped} in the operator's log. Repeating it goes on where it broke off.
   *
   * @return how many data keys there are
   * @throws io.rookery.kernel.RookeryException {@code not_found} where the embedded store is not
   *     running, {@code wrong_state} where the other key is the present one or a rewrap to a third
   *     is not finished, {@code invalid_request} where the file cannot be used, {@code unavailable}
   *     where the store cannot be reached
   */
  int rewrap(TenantContext operator, MasterRewrap.Next next);
}
