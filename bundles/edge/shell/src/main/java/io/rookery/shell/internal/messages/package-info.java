// SPDX-License-Identifier: Apache-2.0
/** Commands about messages and what became of them. */
package io.rookery.shell.internal.messages;
