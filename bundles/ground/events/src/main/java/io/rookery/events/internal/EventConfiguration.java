// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the event log is kept and read; PID {@code io.rookery.events}. */
@ObjectClassDefinition(name = "Rookery event log")
@interface EventConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.events";

  @AttributeDefinition(
      description = "Months after which events are dropped, once all have read them")
  int retention_months() default 36;

  @AttributeDefinition(description = "Milliseconds between two looks for new events")
  int poll_millis() default 250;

  @AttributeDefinition(description = "Threads shared by all readers of this node")
  int threads() default 4;
}
