// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/**
 * Where something stands in a template.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
public record Position(int line, int column) {

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
