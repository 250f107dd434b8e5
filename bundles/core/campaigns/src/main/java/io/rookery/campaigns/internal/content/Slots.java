// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.campaigns.internal.liquid.Node;
import io.rookery.campaigns.internal.liquid.Rendering;

/** Places in a message that are filled for each recipient. */
final class Slots {

  private Slots() {}

  /** A link that may be tracked; the target is escaped already. */
  record Link(int number, String escapedTarget) implements Node {

    @Override
    public void render(Rendering rendering) {
      String tracked = rendering.links().click(number);
      if (tracked == null) {
        rendering.write(escapedTarget);
      } else {
        rendering.value(tracked, false);
      }
    }
  }

  /** The picture by which an open is noticed, where that is allowed. */
  record Pixel() implements Node {

    @Override
    public void render(Rendering rendering) {
      String address = rendering.links().open();
      if (address != null) {
        rendering.write("<img src=\"");
        rendering.value(address, false);
        rendering.write("\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block\">");
      }
    }
  }

  /** Where the body ends; never rendered. */
  record BodyEnd() implements Node {

    @Override
    public void render(Rendering rendering) {}
  }
}
