// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.List;

/** Makes one template out of another: sees static text and outputs in the order of the source. */
public interface Rewriter {

  /** Puts whatever stands for a static text. */
  void text(Nodes.Text text, List<Node> into);

  /** Puts whatever stands for an output. */
  void output(Nodes.Output output, List<Node> into);

  /** A block that may or may not be rendered begins. */
  void enter();

  /** That block ends. */
  void leave();
}
