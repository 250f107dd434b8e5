// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.tenancy.internal;

import io.rookery.itests.architecture.planted.api.sending.SendingApi;

/** A call to the right. */
public interface CallsRight extends SendingApi {}
