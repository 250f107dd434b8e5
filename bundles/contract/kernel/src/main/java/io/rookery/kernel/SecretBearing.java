// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.UUID;

/**
 * A result that shows a secret once, such as a new API key. It is never kept for a repeated
 * request: the repeat is answered with {@code already_done} and the id instead.
 */
public interface SecretBearing {

  /** Returns the id of what was made, never null. */
  UUID id();
}
