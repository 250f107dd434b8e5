// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.persistence;

/** On the ground. */
public interface PersistenceThing {}
