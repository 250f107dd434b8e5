// SPDX-License-Identifier: Apache-2.0
/** Secrets of tenants and the platform's own keys. */
@Export
@Version("1.3.0")
package io.rookery.api.secrets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
