// SPDX-License-Identifier: Apache-2.0
/**
 * The sending line as others see it: how far a campaign is, what waits, what failed, and what the
 * links in mails do.
 */
@Export
@Version("1.1.0")
package io.rookery.api.sending;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
