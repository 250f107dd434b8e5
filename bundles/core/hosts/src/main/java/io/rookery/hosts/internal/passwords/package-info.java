// SPDX-License-Identifier: Apache-2.0
/** Replaces passwords of mailboxes in Dovecot's files. */
package io.rookery.hosts.internal.passwords;
