// SPDX-License-Identifier: Apache-2.0
/** Commands about tenants. */
package io.rookery.shell.internal.tenants;
