// SPDX-License-Identifier: Apache-2.0
/** Commands about the server that keeps the platform's secrets. */
package io.rookery.shell.internal.secrets;
