// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

/** An answer about an object with a version, which goes into ETag. */
public interface Versioned {

  /** Returns the version. */
  long version();
}
