// SPDX-License-Identifier: Apache-2.0
/** The mailbox that the platform's own mail leaves from. */
package io.rookery.mailboxes.internal.system;
