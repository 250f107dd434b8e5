// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.campaigns.internal.liquid.Node;
import io.rookery.campaigns.internal.liquid.Nodes.Block;
import io.rookery.campaigns.internal.liquid.Nodes.Output;
import io.rookery.campaigns.internal.liquid.Nodes.Text;
import io.rookery.campaigns.internal.liquid.Rewriter;
import java.util.List;

/** Finds what a plain text part shows. */
final class TextDuties implements Rewriter {

  private final Duties duties = new Duties();
  private int depth;

  static Duties of(Block block) {
    TextDuties finder = new TextDuties();
    block.rewritten(finder);
    return finder.duties;
  }

  @Override
  public void text(Text text, List<Node> into) {}

  @Override
  public void output(Output output, List<Node> into) {
    if (depth == 0) {
      duties.shown(output, false);
    }
  }

  @Override
  public void enter() {
    depth++;
  }

  @Override
  public void leave() {
    depth--;
  }
}
