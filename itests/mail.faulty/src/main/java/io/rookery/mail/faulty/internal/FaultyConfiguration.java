// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.faulty.internal;

/** How the plugin fails; set in {@code etc/io.rookery.mail.faulty.cfg} or in a copy of the jar. */
@interface FaultyConfiguration {

  /** A {@link Mode} in lower case. */
  String mode() default "good";
}
