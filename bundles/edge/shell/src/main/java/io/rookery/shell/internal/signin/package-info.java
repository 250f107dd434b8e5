// SPDX-License-Identifier: Apache-2.0
/** The first way into the administration shell. */
package io.rookery.shell.internal.signin;
