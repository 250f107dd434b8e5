// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.sending.internal;

/** Private to a bundle. */
public interface SendingInternals {}
