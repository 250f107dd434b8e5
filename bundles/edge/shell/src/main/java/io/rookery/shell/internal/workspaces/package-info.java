// SPDX-License-Identifier: Apache-2.0
/** Commands about the workspaces of a tenant. */
package io.rookery.shell.internal.workspaces;
