// SPDX-License-Identifier: Apache-2.0
/** Commands about domains that tenants may send for. */
package io.rookery.shell.internal.domains;
