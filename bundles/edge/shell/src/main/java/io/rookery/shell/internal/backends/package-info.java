// SPDX-License-Identifier: Apache-2.0
/** Commands about mail backends. */
package io.rookery.shell.internal.backends;
