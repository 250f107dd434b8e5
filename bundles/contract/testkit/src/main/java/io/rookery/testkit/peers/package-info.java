// SPDX-License-Identifier: Apache-2.0
/** Foreign programs that tests run against, where they are installed. */
@Export
@Version("1.0.0")
package io.rookery.testkit.peers;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
