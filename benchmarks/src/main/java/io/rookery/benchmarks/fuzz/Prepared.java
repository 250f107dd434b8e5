// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import java.util.Map;

/**
 * The values of a request that succeeds.
 *
 * @param path by the names of the path's parameters
 * @param query by the names of the query's parameters
 * @param headers headers besides the key
 * @param body what is sent as JSON, text or form, or null
 * @param type the body's media type
 */
record Prepared(
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    Object body,
    String type) {}
