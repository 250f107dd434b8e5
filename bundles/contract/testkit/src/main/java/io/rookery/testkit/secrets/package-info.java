// SPDX-License-Identifier: Apache-2.0
/** The contract of secret stores as tests, and a store in memory that keeps it. */
@Export
@Version("1.1.0")
package io.rookery.testkit.secrets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
