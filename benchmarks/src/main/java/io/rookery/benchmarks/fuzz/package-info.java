// SPDX-License-Identifier: Apache-2.0
/** Requests that schemathesis makes from the served OpenAPI document, and what came of them. */
package io.rookery.benchmarks.fuzz;
