// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

/**
 * How buckets are shared.
 *
 * @param nodes among how many nodes, this one included
 * @param period nanoseconds between two times that the nodes hear of each other
 */
record Sharing(int nodes, long period) {}
