// SPDX-License-Identifier: Apache-2.0
/** Commands about campaigns. */
package io.rookery.shell.internal.campaigns;
