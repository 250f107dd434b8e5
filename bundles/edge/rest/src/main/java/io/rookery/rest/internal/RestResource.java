// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

/**
 * Marks a service as a JAX-RS resource. Its class carries {@link Address}; it gets a server of its
 * own, so that it comes and goes without touching another.
 */
public interface RestResource {}
