// SPDX-License-Identifier: Apache-2.0
/** Figures about the whole platform, each by one command, beside a yardstick of the same run. */
package io.rookery.benchmarks;
