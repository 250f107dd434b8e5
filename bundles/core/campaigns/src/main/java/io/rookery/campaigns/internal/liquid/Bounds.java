// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/**
 * How far one part of a message may go.
 *
 * @param instructions nodes and filters run, and work on long strings
 * @param output characters of the result
 * @param memory characters of all values that filters and assignments make together
 * @param turns turns of all loops together
 */
public record Bounds(int instructions, int output, int memory, int turns) {

  /** The bounds that docs/templates.md promises. */
  public static final Bounds DEFAULT = new Bounds(100_000, 1 << 20, 1 << 21, 1_000);

  /** The longest template, in characters. */
  public static final int SOURCE = 512 * 1024;

  /** How deep blocks and brackets may be nested. */
  public static final int DEPTH = 100;
}
