// SPDX-License-Identifier: Apache-2.0
/** Pauses: how long they last, and what they leave behind. */
package io.rookery.mailboxes.internal.pause;
