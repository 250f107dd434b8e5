// SPDX-License-Identifier: Apache-2.0
/**
 * What the platform serves by its OpenAPI document, and how an owner asks for it: a recipe for each
 * operation, from which walks, attacks and fuzzing make their requests.
 */
package io.rookery.itests.isolation;
