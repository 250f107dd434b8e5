// SPDX-License-Identifier: Apache-2.0
/** Commands about people and their memberships. */
package io.rookery.shell.internal.people;
