// SPDX-License-Identifier: Apache-2.0
/** Mailboxes whose mail waits for a moment. */
package io.rookery.mailboxes.internal.hold;
