// SPDX-License-Identifier: Apache-2.0
/**
 * What the bundles' persistence units share: how EclipseLink stores the types that PostgreSQL has
 * and JPA does not know. A unit lists those that it uses among its classes.
 */
@Export
@Version("1.0.0")
package io.rookery.persistence.jpa;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
