// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.api.secrets;

/** Left of tenancy. */
public interface SecretsApi {}
