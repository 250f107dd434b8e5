// SPDX-License-Identifier: Apache-2.0
/**
 * The audit log: who did what, when, from where and with what outcome, in chains that tell
 * tampering.
 */
@Export
@Version("1.0.0")
package io.rookery.api.audit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
