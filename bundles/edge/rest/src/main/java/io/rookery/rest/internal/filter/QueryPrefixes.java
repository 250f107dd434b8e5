// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the beginnings of query parameters that a method reads besides those it declares. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface QueryPrefixes {

  /** Returns the beginnings, such as {@code attribute.}. */
  String[] value();
}
