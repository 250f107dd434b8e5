// SPDX-License-Identifier: Apache-2.0
/**
 * What every part of Rookery shares: identifiers, the caller's context, the transaction handle and
 * errors. Kept tiny so that a change elsewhere in the contract never refreshes a plugin.
 */
@Export
@Version("1.0.0")
package io.rookery.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
