// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where tenants may have the platform connect to. */
@ObjectClassDefinition(name = "Rookery: egress")
@interface EgressConfiguration {

  @AttributeDefinition(
      name = "Allowed networks",
      description =
          "Networks beyond the public internet that may be reached, in CIDR form, separated by commas,"
              + " such as 127.0.0.0/8, 10.1.0.0/16")
  String allowed_networks() default "";

  @AttributeDefinition(
      name = "Additional ports",
      description =
          "Ports and ranges such as 2500-2600 that any protocol may reach beyond its usual ones")
  String allowed_ports() default "";
}
