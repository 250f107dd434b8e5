// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import java.util.UUID;

/** An answer about one object, whose id goes into Location. */
public interface Identified {

  /** Returns the id. */
  UUID id();
}
