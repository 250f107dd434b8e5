// SPDX-License-Identifier: Apache-2.0
/** Machines of tenants and of the operator: who they are, how they are signed in to by SSH. */
@Export
@Version("1.1.0")
package io.rookery.api.hosts;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
