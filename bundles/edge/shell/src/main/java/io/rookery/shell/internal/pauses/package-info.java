// SPDX-License-Identifier: Apache-2.0
/** Commands about pauses of a tenant's sending. */
package io.rookery.shell.internal.pauses;
