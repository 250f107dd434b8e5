// SPDX-License-Identifier: Apache-2.0
/** What parts tell of themselves: figures and health. */
@Export
@Version("1.0.0")
package io.rookery.api.monitoring;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
