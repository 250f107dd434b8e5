// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How often keys may ask. Two underscores stand for one in the property's name. */
@ObjectClassDefinition(name = "Rookery tenancy")
@interface TenancyConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.tenancy";

  /** Requests a minute of a tenant's key; that of plan Professional. */
  @AttributeDefinition(description = "Requests a minute that each key of a tenant is allowed")
  int rate__per__minute() default 300;

  /** Requests at once of a tenant's key; that of plan Professional. */
  @AttributeDefinition(description = "Requests that each key of a tenant may make at once")
  int burst() default 500;

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
