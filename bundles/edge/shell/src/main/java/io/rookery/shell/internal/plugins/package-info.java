// SPDX-License-Identifier: Apache-2.0
/** What is installed as a plugin, and what is wrong with it. */
package io.rookery.shell.internal.plugins;
