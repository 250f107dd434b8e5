// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much background work a node does; PID {@code io.rookery.jobs}. */
@ObjectClassDefinition(name = "Rookery background work")
@interface JobConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.jobs";

  @AttributeDefinition(description = "Jobs that run on this node at a time")
  int job_threads() default 4;

  @AttributeDefinition(description = "Schedules that run on this node at a time")
  int upkeep_threads() default 4;
}
