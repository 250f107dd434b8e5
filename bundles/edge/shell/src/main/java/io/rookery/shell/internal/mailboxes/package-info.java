// SPDX-License-Identifier: Apache-2.0
/** Commands about mailboxes. */
package io.rookery.shell.internal.mailboxes;
