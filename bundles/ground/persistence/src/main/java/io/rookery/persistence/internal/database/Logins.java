// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

/** The credentials of the three roles. */
public record Logins(Credential owner, Credential app, Credential system) {}
