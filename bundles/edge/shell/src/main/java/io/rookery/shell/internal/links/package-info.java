// SPDX-License-Identifier: Apache-2.0
/** Commands about links in mail and the hosts that they lead to. */
package io.rookery.shell.internal.links;
