// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.api.sending;

/** Right of tenancy. */
public interface SendingApi {}
