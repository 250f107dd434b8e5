// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How imports of contacts are bounded. */
@ObjectClassDefinition(name = "Rookery contact imports")
@interface ImportConfiguration {

  /** The most bytes of a file. */
  @AttributeDefinition(description = "The most bytes of an uploaded file")
  long max_bytes() default 1L << 30;
}
