// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.tenancy.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the scope that a caller needs. An annotation on a method replaces the one on its class; a
 * method that has neither is refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresScope {

  /** Returns the scope. */
  Scope value();

  /** Returns further scopes of which each does as well. */
  Scope[] or() default {};

  /** Returns whether the key must be one of the operator's own tenant. */
  boolean operator() default false;

  /** Returns whether it takes somebody who is signed in, whose role has the scope; no key may. */
  boolean person() default false;

  /** Returns whether it changes who and what the tenant is, which a test key may not. */
  boolean live() default false;
}
