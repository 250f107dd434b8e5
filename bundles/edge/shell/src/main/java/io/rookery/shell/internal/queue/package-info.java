// SPDX-License-Identifier: Apache-2.0
/** Commands about what waits to be sent and what failed. */
package io.rookery.shell.internal.queue;
