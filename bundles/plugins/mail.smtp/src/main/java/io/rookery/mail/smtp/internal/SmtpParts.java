// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

/** What every call of the backend shares. */
record SmtpParts(ConnectionPool pool, Opener opener, Timeouts timeouts) {}
