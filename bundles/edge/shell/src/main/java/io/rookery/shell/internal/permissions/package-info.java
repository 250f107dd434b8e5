// SPDX-License-Identifier: Apache-2.0
/** Commands about what the operator permits tenants. */
package io.rookery.shell.internal.permissions;
