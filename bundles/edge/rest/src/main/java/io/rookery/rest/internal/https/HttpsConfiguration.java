// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where HTTPS is spoken; certificates are configured by the same file. */
@ObjectClassDefinition(name = "Rookery: HTTPS listener")
@interface HttpsConfiguration {

  /** The PID of these keys. */
  String PID = "io.rookery.https";

  @AttributeDefinition(name = "Address", description = "Where both ports listen.")
  String https_address() default "0.0.0.0";

  @AttributeDefinition(name = "HTTPS port", description = "0: a proxy in front speaks HTTPS.")
  int https_port() default 0;
}
