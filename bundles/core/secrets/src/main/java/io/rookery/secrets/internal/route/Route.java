// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.route;

/**
 * Which store holds the secrets.
 *
 * @param active its name
 * @param moving whether all secrets are being moved from it to another
 */
public record Route(String active, boolean moving) {}
