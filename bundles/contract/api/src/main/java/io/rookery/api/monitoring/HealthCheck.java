// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.monitoring;

import org.osgi.annotation.versioning.ConsumerType;

/** Tells whether a part can do its work; registered as a service. Quick and thread-safe. */
@ConsumerType
public interface HealthCheck {

  /** Returns the part's name. */
  String name();

  /** Returns how the part is; never throws. */
  Health check();

  /** How a part is; the detail is for operators and holds no secret. */
  record Health(boolean ready, String detail) {}
}
