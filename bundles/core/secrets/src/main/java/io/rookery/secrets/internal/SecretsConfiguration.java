// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which secret store is used. */
@ObjectClassDefinition(name = "Rookery secrets")
@interface SecretsConfiguration {

  /** The PID of this configuration. */
  String PID = "io.rookery.secrets";

  @AttributeDefinition(
      description = "Name of the secret store: embedded, or that of another plugin")
  String store() default "embedded";
}
