// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much the sandbox keeps. */
@ObjectClassDefinition(name = "Rookery: sandbox")
@interface SandboxConfiguration {

  @AttributeDefinition(
      name = "Kept mails",
      description = "How many mails are kept for each tenant, the newest ones; 1 to 1,000,000")
  int kept_mails() default 10_000;
}
