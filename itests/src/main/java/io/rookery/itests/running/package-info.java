// SPDX-License-Identifier: Apache-2.0
/**
 * Rookery as an operator runs it: the distribution unpacked, a process of its own, spoken to by
 * REST.
 */
package io.rookery.itests.running;
