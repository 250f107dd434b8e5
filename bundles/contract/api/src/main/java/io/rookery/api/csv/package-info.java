// SPDX-License-Identifier: Apache-2.0
/** How CSV leaves the platform, for whoever writes any. */
@Export
@Version("1.0.0")
package io.rookery.api.csv;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
