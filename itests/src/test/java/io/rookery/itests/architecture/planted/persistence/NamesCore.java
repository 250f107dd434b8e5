// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.persistence;

import io.rookery.itests.architecture.planted.sending.internal.SendingInternals;

/** An arrow that points up. */
public interface NamesCore extends SendingInternals {}
