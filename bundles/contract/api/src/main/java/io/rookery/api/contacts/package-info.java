// SPDX-License-Identifier: Apache-2.0
/** Contacts, lists, imports and suppression. */
@Export
@Version("1.0.0")
package io.rookery.api.contacts;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
