// SPDX-License-Identifier: Apache-2.0
/**
 * Background work that shows its progress, can be cancelled, and goes on where it stopped after its
 * node has died.
 */
@Export
@Version("1.0.0")
package io.rookery.jobs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
