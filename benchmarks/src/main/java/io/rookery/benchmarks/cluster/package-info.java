// SPDX-License-Identifier: Apache-2.0
/**
 * One to three nodes of the distribution on one database, to be killed, stopped, cut off and
 * started again.
 */
package io.rookery.benchmarks.cluster;
