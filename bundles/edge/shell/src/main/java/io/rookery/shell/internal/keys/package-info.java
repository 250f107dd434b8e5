// SPDX-License-Identifier: Apache-2.0
/** Commands about API keys. */
package io.rookery.shell.internal.keys;
