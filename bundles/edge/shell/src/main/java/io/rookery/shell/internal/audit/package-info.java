// SPDX-License-Identifier: Apache-2.0
/** Commands about the audit log. */
package io.rookery.shell.internal.audit;
