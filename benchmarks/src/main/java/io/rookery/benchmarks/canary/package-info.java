// SPDX-License-Identifier: Apache-2.0
/** Marked secrets that go through every door, and the search for what is left of them. */
package io.rookery.benchmarks.canary;
