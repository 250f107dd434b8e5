// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that success is answered with another status than 200. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

  /** Returns the status. */
  int value();

  /**
   * Returns the path that the id of the result is put after for Location; empty for no Location.
   */
  String location() default "";
}
