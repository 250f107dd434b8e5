// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import org.osgi.annotation.versioning.ProviderType;

/** A key that makes message authentication codes and never shows itself. Thread-safe. */
@ProviderType
public interface PlatformKey {

  /** Returns the id, from 1 to 255, to keep beside what the key made. */
  int id();

  /** Returns the 32 bytes of HMAC-SHA256 (RFC 2104) over data. */
  byte[] mac(byte[] data);
}
