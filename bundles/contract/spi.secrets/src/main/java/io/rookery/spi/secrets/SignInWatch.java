// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Hears of sign-ins that a store refused, so that the operator is alerted when there are many. The
 * platform registers one as a service; a store tells it where there is one. Thread-safe.
 */
@ProviderType
public interface SignInWatch {

  /**
   * Notes that a sign-in was refused just now, or that a master key was not the one that it should
   * be. Returns at once and never throws; what it notes may take effect later.
   *
   * @param store the name of the store, as in its property {@code store}
   */
  void refused(String store);
}
