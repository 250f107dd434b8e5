// SPDX-License-Identifier: Apache-2.0
/** Tenants, their API keys and who may do what. */
@Export
@Version("1.0.0")
package io.rookery.api.tenancy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
