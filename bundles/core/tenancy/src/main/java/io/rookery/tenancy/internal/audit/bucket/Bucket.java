// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where an object store is, as the operator configured it.
 *
 * @param address the store's address with the bucket as its path
 * @param prefix what the names of objects begin with; may be empty
 * @param lock how objects are kept from being removed, or null where the store's own rule is enough
 */
public record Bucket(URI address, String region, String prefix, String accessKey, Lock lock) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Checks what is written. */
  public Bucket {
    String host = address.getHost();
    String path = address.getPath();
    boolean secure =
        host != null && ("https".equals(address.getScheme()) || LOOPBACK.contains(host));
    if (!secure || path == null || path.length() < 2) {
      throw new IllegalArgumentException(
          "heads_bucket is an https address whose path is the bucket");
    }
    if (accessKey.isBlank() || region.isBlank()) {
      throw new IllegalArgumentException("heads_bucket needs heads_region and heads_access_key");
    }
  }

  /**
   * An object lock.
   *
   * @param mode COMPLIANCE, which nobody may lift, or GOVERNANCE
   */
  public record Lock(String mode, Duration time) {

    /** Checks the mode. */
    public Lock {
      if (!Set.of("COMPLIANCE", "GOVERNANCE").contains(mode)) {
        throw new IllegalArgumentException("heads_lock_mode is COMPLIANCE or GOVERNANCE");
      }
    }
  }

  /** Returns the authority as Host has it: without the port where that is the scheme's own. */
  String host() {
    return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
  }
}
