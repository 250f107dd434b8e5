// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import java.io.PrintStream;

/** Where the quick start talks to whoever started it: the terminal itself, not the log. */
final class Console {

  private final PrintStream out;

  Console(PrintStream out) {
    this.out = out;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }
}
