// SPDX-License-Identifier: Apache-2.0
/** Plans, which tenant has which, and how much it may make of what. */
@Export
@Version("1.0.0")
package io.rookery.api.plans;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
