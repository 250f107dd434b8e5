// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets those call a method who see some workspaces of a tenant alone: what it reads and changes has
 * a workspace that the database looks at, or is the caller's own. Where it is missing, an operation
 * is the whole tenant's and refused to them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface WithinWorkspaces {}
