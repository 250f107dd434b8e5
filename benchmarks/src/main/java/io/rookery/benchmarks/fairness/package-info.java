// SPDX-License-Identifier: Apache-2.0
/** Tenants of several weights at one slow server, and what each of them gets of it. */
package io.rookery.benchmarks.fairness;
