// SPDX-License-Identifier: Apache-2.0
/** Hostile servers and a database that fails: what the platform makes of them. */
package io.rookery.benchmarks.faults;
