// SPDX-License-Identifier: Apache-2.0
/** Commands about hosts. */
package io.rookery.shell.internal.hosts;
