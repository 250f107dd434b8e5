// SPDX-License-Identifier: Apache-2.0
/**
 * The event log: every business fact, appended in the transaction that makes it true, and read by
 * durable readers. Events carry ids only, never an address, a name or content.
 */
@Export
@Version("1.0.0")
package io.rookery.events;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
