// SPDX-License-Identifier: Apache-2.0
/** The proof that one-click unsubscribes reach the platform through its public address. */
package io.rookery.mailboxes.internal.reach;
