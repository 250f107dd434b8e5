// SPDX-License-Identifier: Apache-2.0
/** What is looked at in the DNS of a sending domain, one class for each kind of record. */
package io.rookery.mailboxes.internal.check;
