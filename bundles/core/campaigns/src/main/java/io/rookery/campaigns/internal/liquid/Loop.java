// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/** What a template may ask of the loop that it is in. */
final class Loop {

  private final int length;
  private int index;

  Loop(int length) {
    this.length = length;
  }

  void at(int turn) {
    this.index = turn;
  }

  Object member(Object key) {
    return switch (String.valueOf(key)) {
      case "index" -> (long) index + 1;
      case "index0" -> (long) index;
      case "rindex" -> (long) length - index;
      case "rindex0" -> (long) length - index - 1;
      case "length" -> (long) length;
      case "first" -> index == 0;
      case "last" -> index == length - 1;
      default -> null;
    };
  }
}
