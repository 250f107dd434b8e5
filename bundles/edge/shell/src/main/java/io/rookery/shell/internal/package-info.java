// SPDX-License-Identifier: Apache-2.0
/** What the commands of the administration shell have in common. */
package io.rookery.shell.internal;
