// SPDX-License-Identifier: Apache-2.0
/** Secrets that are moved between stores while they are used, and what they are compared by. */
package io.rookery.benchmarks.move;
