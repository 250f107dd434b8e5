// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.List;

/** A part of a compiled template. Immutable; thread-safe. */
public interface Node {

  /** Writes this part. */
  void render(Rendering rendering);

  /** Hands this part to a rewriter, in the order of the source. */
  default void rewrite(Rewriter rewriter, List<Node> into) {
    into.add(this);
  }
}
