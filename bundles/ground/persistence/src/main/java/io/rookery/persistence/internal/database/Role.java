// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

/** The names of the roles that Rookery works as, the same in every database. */
public final class Role {

  /** Works for one tenant at a time, under row-level security. */
  public static final String APP = "rookery_app";

  /**
   * Works for the platform: writes schema {@code platform}, sees little of schema {@code tenant}.
   */
  public static final String SYSTEM = "rookery_system";

  /** Migrates and owns everything, in the embedded database; elsewhere its name is configured. */
  public static final String OWNER = "rookery_owner";

  private Role() {}
}
