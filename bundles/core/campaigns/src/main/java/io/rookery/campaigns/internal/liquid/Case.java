// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.campaigns.internal.liquid.Nodes.Block;
import java.util.ArrayList;
import java.util.List;

/** Branches chosen by a value; every branch that names it is taken, else the last. */
record Case(Expression subject, List<When> whens, Block otherwise, Position position)
    implements Node {

  /** A branch and the values that it is for. */
  record When(List<Expression> values, Block body) {}

  @Override
  public void render(Rendering rendering) {
    rendering.at(position);
    Object value = subject.evaluate(rendering);
    boolean found = false;
    for (When when : whens) {
      rendering.step(1);
      if (matches(when, value, rendering)) {
        found = true;
        when.body().render(rendering);
      }
    }
    if (!found) {
      otherwise.render(rendering);
    }
  }

  private static boolean matches(When when, Object value, Rendering rendering) {
    for (Expression candidate : when.values()) {
      rendering.step(1);
      rendering.work(value);
      if (Values.same(value, candidate.evaluate(rendering))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void rewrite(Rewriter rewriter, List<Node> into) {
    List<When> rewritten = new ArrayList<>();
    for (When when : whens) {
      rewritten.add(new When(when.values(), when.body().inner(rewriter)));
    }
    into.add(new Case(subject, List.copyOf(rewritten), otherwise.inner(rewriter), position));
  }
}
