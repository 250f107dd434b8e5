// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What one bundle brings to the database.
 *
 * @param name the area, such as {@code contacts}
 * @param migrations its versioned scripts
 * @param security the script of its named policies and grants, or null where it has none
 */
public record Area(String name, List<Script> migrations, Script security) {

  /** The folder of an area's migrations. */
  public static final String MIGRATIONS = "db/migration/";

  /** The folder of the areas' security scripts. */
  public static final String SECURITY = "db/security/";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");

  /**
   * A script.
   *
   * @param name its file name
   * @param text its SQL
   */
  public record Script(String name, String text) {

    /** Refuses a script that is not there. */
    public Script {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(text, "text");
    }
  }

  /** Checks the name, which becomes part of a table's. */
  public Area {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not an area's name: " + name);
    }
    migrations = List.copyOf(migrations);
  }
}
