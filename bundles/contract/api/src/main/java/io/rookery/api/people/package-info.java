// SPDX-License-Identifier: Apache-2.0
/** People, what they may do in which tenant, and how they sign in. */
@Export
@Version("1.2.0")
package io.rookery.api.people;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
