// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.tenancy.internal;

import io.rookery.itests.architecture.planted.api.secrets.SecretsApi;

/** Allowed. */
public interface CallsLeft extends SecretsApi {}
