// SPDX-License-Identifier: Apache-2.0
/**
 * What the platform gives every plugin so that it can stay alone: storage of its own, guarded
 * connections to the outside, and settings that are declared rather than read.
 */
@Export
@Version("1.0.0")
package io.rookery.spi.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
