// SPDX-License-Identifier: Apache-2.0
/** Commands about this node and the platform as a whole. */
package io.rookery.shell.internal.node;
