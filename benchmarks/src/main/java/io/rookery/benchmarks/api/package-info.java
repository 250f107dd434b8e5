// SPDX-License-Identifier: Apache-2.0
/** How fast the API answers, beside servlets that do the same work and nothing else. */
package io.rookery.benchmarks.api;
