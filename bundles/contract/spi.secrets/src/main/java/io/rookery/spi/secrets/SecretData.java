// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import io.rookery.spi.plugin.Secret;
import java.util.Map;

/**
 * The fields of a secret. Prints the fields' names only.
 *
 * @param fields values by name, at least one; names have 1 to 64 characters
 */
public record SecretData(Map<String, Secret> fields) {

  /** Checks and copies the fields. */
  public SecretData {
    fields = Map.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("A secret needs a field");
    }
    if (fields.keySet().stream().anyMatch(name -> name.isEmpty() || name.length() > 64)) {
      throw new IllegalArgumentException("A secret's field has a name of 1 to 64 characters");
    }
  }

  @Override
  public String toString() {
    return "SecretData" + fields.keySet();
  }
}
