// SPDX-License-Identifier: Apache-2.0
/**
 * Plugins replaced while everybody sends: the tenants, the operator who replaces, and those who
 * watch what it costs.
 */
package io.rookery.benchmarks.swap;
