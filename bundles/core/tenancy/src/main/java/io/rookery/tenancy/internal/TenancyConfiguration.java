// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How often keys may ask. Two underscores stand for one in the property's name. */
@ObjectClassDefinition(name = "Rookery tenancy")
@interface TenancyConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.tenancy";

  /** Requests a minute of a key whose tenant chose no plan; 0 for what its plan says. */
  @AttributeDefinition(
      description = "Requests a minute of each key of a tenant that chose no plan; 0 as its plan")
  int rate__per__minute() default 0;

  /** Requests at once of such a key, where its requests a minute are given. */
  @AttributeDefinition(
      description = "Requests at once of each key of a tenant that chose no plan; 0 as its plan")
  int burst() default 0;

  /** Requests a minute of the operator's keys. */
  @AttributeDefinition(description = "Requests a minute that each key of the operator is allowed")
  int operator__rate__per__minute() default 6000;

  /** Requests at once of the operator's keys. */
  @AttributeDefinition(description = "Requests that each key of the operator may make at once")
  int operator__burst() default 6000;

  /** How many keys a node remembers. */
  @AttributeDefinition(description = "How many keys this node remembers at most")
  int cached__keys() default 20_000;
}
