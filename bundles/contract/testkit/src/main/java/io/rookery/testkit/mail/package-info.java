// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of mail backends as tests, and the servers, sinks and guards that such tests need.
 */
@Export
@Version("1.0.0")
package io.rookery.testkit.mail;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
