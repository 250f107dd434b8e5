// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.util.Map;
import java.util.Set;

/** Knows whose hosts are, so that tenants can take turns. */
interface HostOwners {

  /**
   * Returns for hosts who has them, by a name that is the tenant's in every answer. Several may
   * have one host; one that is not in the answer is nobody's that is known.
   */
  Map<String, Set<String>> of(Set<String> hosts);
}
