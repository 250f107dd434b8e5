// SPDX-License-Identifier: Apache-2.0
/**
 * Mailboxes that mail is sent from, the backends behind them, and the domains that may be sent for.
 */
@Export
@Version("1.2.0")
package io.rookery.api.mailboxes;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
