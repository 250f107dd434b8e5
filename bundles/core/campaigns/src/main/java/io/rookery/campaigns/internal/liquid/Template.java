// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.api.campaigns.CampaignContent.Links;
import io.rookery.campaigns.internal.liquid.Nodes.Block;
import java.time.Clock;
import java.util.Map;

/**
 * A compiled template in the safe subset of Liquid that docs/templates.md describes. It reads
 * nothing but the variables it is given, and ends within its bounds whatever it says. Immutable;
 * thread-safe.
 */
public final class Template {

  private final Block block;
  private final Mode mode;
  private final Clock clock;
  private final Bounds bounds;
  private volatile int size = 256;

  /** Holds compiled nodes; the clock says what "now" is. */
  public Template(Block block, Mode mode, Clock clock) {
    this(block, mode, clock, Bounds.DEFAULT);
  }

  Template(Block block, Mode mode, Clock clock, Bounds bounds) {
    this.block = block;
    this.mode = mode;
    this.clock = clock;
    this.bounds = bounds;
  }

  /**
   * Compiles a source.
   *
   * @throws LiquidException with line and column where it does not compile
   */
  public static Template compile(String source, Mode mode, Clock clock) {
    return new Template(new Parser(source).parse(), mode, clock);
  }

  /**
   * Renders the template.
   *
   * @throws LiquidException where a bound is passed
   */
  public String render(Map<String, ?> variables, Links links) {
    Rendering rendering = new Rendering(this, variables, links, size);
    block.render(rendering);
    String result = rendering.result();
    if (result.length() > size) {
      size = result.length() + result.length() / 16;
    }
    return result;
  }

  /** Returns the nodes, to make another template of. */
  public Block block() {
    return block;
  }

  Mode mode() {
    return mode;
  }

  Clock clock() {
    return clock;
  }

  Bounds bounds() {
    return bounds;
  }
}
