// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.tenancy.internal;

import io.rookery.itests.architecture.planted.sending.internal.SendingInternals;

/** Names the inside of a bundle to the right. */
public interface NamesRight extends SendingInternals {}
