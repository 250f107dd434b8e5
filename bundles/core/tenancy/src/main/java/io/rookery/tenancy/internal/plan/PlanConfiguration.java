// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What tenants have that chose no plan. Two underscores stand for one in the property's name. */
@ObjectClassDefinition(name = "Rookery plans")
@interface PlanConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.plans";

  /** The plan of tenants that chose none. */
  @AttributeDefinition(description = "The code of the plan that tenants have who chose none")
  String default__plan() default Standings.UNMETERED;
}
