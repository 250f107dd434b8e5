// SPDX-License-Identifier: Apache-2.0
/** What the platform gives to plugins, in memory, for plugins' own tests. */
@Export
@Version("1.0.0")
package io.rookery.testkit.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
