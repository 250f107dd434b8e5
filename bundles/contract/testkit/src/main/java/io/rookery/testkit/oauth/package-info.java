// SPDX-License-Identifier: Apache-2.0
/** An OAuth 2 authorization server in memory, for tests of what signs in with its tokens. */
@Export
@Version("1.0.0")
package io.rookery.testkit.oauth;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
