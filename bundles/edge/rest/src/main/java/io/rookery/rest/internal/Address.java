// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The path below which a resource answers; no two resources share one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Address {

  /** Returns the path, with a leading and without a trailing slash. */
  String value();
}
