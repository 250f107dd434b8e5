// SPDX-License-Identifier: Apache-2.0
/**
 * Templates and campaigns, the checks before a campaign may start, and the content that is sent.
 */
@Export
@Version("1.0.0")
package io.rookery.api.campaigns;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
