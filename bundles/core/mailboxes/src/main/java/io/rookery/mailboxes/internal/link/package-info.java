// SPDX-License-Identifier: Apache-2.0
/** The hosts that links in mail lead to, and the proof that they lead here. */
package io.rookery.mailboxes.internal.link;
