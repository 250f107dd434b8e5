// SPDX-License-Identifier: Apache-2.0
/** Signatures by the fastest implementation that works on this machine. */
@Export
@Version("1.0.0")
package io.rookery.crypto;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
