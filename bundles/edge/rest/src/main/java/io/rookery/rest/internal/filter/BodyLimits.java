// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

/**
 * How large bodies may be, in bytes.
 *
 * @param json most bodies
 * @param largeJson those of methods marked {@link LargeJson}
 * @param upload those of methods marked {@link LargeBody}, which are read as a stream
 */
public record BodyLimits(int json, int largeJson, long upload) {}
