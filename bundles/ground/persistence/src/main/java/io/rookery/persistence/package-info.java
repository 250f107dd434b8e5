// SPDX-License-Identifier: Apache-2.0
/**
 * The one way to the database: transactions that know their tenant, leases, schemas that are ready,
 * and the upkeep of partitioned tables.
 */
@Export
@Version("1.0.0")
package io.rookery.persistence;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
