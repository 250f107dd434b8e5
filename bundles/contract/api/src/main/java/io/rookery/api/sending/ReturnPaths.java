// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells which message a bounce is about by the address that it came to. Where an account may set
 * its envelope sender, each message has one of its own, with a code that only the platform can make
 * (VERP): what comes to such an address is about a message of ours, though not necessarily from
 * whoever got it. Works while the secret store is sealed. Thread-safe.
 */
@ProviderType
public interface ReturnPaths {

  /**
   * Returns whose return path an address is. The host is not looked at, and letters count in either
   * case: servers on the way change both.
   *
   * @param address an address or its local part; null is none
   * @return empty where the platform did not make it, or its tenant is gone
   */
  Optional<ReturnPath> parse(String address);

  /** A message that a return path stands for; it may be gone by now. */
  record ReturnPath(UUID tenantId, UUID messageId) {}
}
