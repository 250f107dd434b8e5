// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.campaigns.internal.liquid.Nodes.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A loop over a list. */
record For(Head head, Block body, Block otherwise, Position position) implements Node {

  /** What a loop goes over; limit and offset may be null. */
  record Head(
      String name, Expression list, Expression limit, Expression offset, boolean reversed) {}

  @Override
  public void render(Rendering rendering) {
    rendering.at(position);
    List<?> items = items(rendering);
    if (items.isEmpty()) {
      otherwise.render(rendering);
      return;
    }
    Loop loop = new Loop(items.size());
    Object outer = rendering.variable("forloop");
    Object shadowed = rendering.variable(head.name());
    rendering.assign("forloop", loop);
    for (int i = 0; i < items.size(); i++) {
      rendering.at(position);
      rendering.turn();
      loop.at(i);
      rendering.assign(head.name(), items.get(i));
      body.render(rendering);
      Rendering.Jump jump = rendering.jump();
      rendering.jump(null);
      if (jump == Rendering.Jump.BREAK) {
        break;
      }
    }
    rendering.assign("forloop", outer);
    rendering.assign(head.name(), shadowed);
  }

  private List<?> items(Rendering rendering) {
    if (!(head.list().evaluate(rendering) instanceof List<?> list)) {
      return List.of();
    }
    int from = Math.min(number(head.offset(), 0, rendering), list.size());
    int count = Math.min(number(head.limit(), list.size(), rendering), list.size() - from);
    List<?> part = list.subList(from, from + count);
    if (!head.reversed()) {
      return part;
    }
    rendering.step(1 + part.size());
    List<?> copy = new ArrayList<>(part);
    Collections.reverse(copy);
    return copy;
  }

  private static int number(Expression expression, int otherwise, Rendering rendering) {
    Object value = expression == null ? null : expression.evaluate(rendering);
    return value instanceof Number number
        ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, number.longValue()))
        : otherwise;
  }

  @Override
  public void rewrite(Rewriter rewriter, List<Node> into) {
    Block first = body.inner(rewriter);
    into.add(new For(head, first, otherwise.inner(rewriter), position));
  }
}
