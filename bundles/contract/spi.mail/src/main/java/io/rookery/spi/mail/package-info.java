// SPDX-License-Identifier: Apache-2.0
/**
 * How mail leaves Rookery: what a mail backend must do, what it may be able to do, and how it tells
 * what became of each message.
 */
@Export
@Version("1.0.0")
package io.rookery.spi.mail;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
