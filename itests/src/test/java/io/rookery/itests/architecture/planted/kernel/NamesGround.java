// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.kernel;

import io.rookery.itests.architecture.planted.persistence.PersistenceThing;

/** An arrow that points up. */
public interface NamesGround extends PersistenceThing {}
