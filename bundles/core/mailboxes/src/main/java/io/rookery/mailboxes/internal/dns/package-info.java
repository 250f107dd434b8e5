// SPDX-License-Identifier: Apache-2.0
/** Questions to the name servers. */
package io.rookery.mailboxes.internal.dns;
