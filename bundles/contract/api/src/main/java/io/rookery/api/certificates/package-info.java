// SPDX-License-Identifier: Apache-2.0
/** The certificates that the platform has issued to itself for its hosts and those of links. */
@Export
@Version("1.0.0")
package io.rookery.api.certificates;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
