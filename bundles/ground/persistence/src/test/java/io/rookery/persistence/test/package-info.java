// SPDX-License-Identifier: Apache-2.0
/** A real database for tests: one server per JVM, a fresh database per test class. */
package io.rookery.persistence.test;
