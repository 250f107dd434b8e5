// SPDX-License-Identifier: Apache-2.0
/** Commands about the platform's certificates. */
package io.rookery.shell.internal.certificates;
