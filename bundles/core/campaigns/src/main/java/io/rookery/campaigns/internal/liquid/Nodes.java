// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.campaigns.internal.liquid.Expression.Filtered;
import io.rookery.campaigns.internal.liquid.Expression.Path;
import java.util.ArrayList;
import java.util.List;

/** The kinds of nodes. */
public final class Nodes {

  private Nodes() {}

  /** Nodes one after the other. */
  public record Block(List<Node> nodes) implements Node {

    /** Copies the nodes. */
    public Block {
      nodes = List.copyOf(nodes);
    }

    @Override
    public void render(Rendering rendering) {
      for (int i = 0; i < nodes.size() && rendering.jump() == null; i++) {
        rendering.step(1);
        nodes.get(i).render(rendering);
      }
    }

    /** Returns what a rewriter makes of this block, as the outermost of a template. */
    public Block rewritten(Rewriter rewriter) {
      List<Node> into = new ArrayList<>();
      nodes.forEach(node -> node.rewrite(rewriter, into));
      return new Block(into);
    }

    Block inner(Rewriter rewriter) {
      rewriter.enter();
      Block result = rewritten(rewriter);
      rewriter.leave();
      return result;
    }
  }

  /** Static text. */
  public record Text(String text) implements Node {

    @Override
    public void render(Rendering rendering) {
      rendering.write(text);
    }

    @Override
    public void rewrite(Rewriter rewriter, List<Node> into) {
      rewriter.text(this, into);
    }
  }

  /** A value that is written. */
  public static final class Output implements Node {

    private final Expression value;
    private final Position position;
    private final boolean safe;

    Output(Expression value, Position position) {
      this.value = value;
      this.position = position;
      this.safe = value instanceof Filtered filtered && safe(filtered.filters());
    }

    private static boolean safe(List<FilterCall> filters) {
      return filters.get(filters.size() - 1).name().equals("escape")
          || filters.stream().anyMatch(filter -> filter.name().equals("raw"));
    }

    /** Returns whether it shows a variable as it is, such as the tenant's postal address. */
    public boolean shows(String... names) {
      boolean plain =
          value instanceof Filtered filtered
              && filtered.filters().stream()
                  .allMatch(f -> f.name().equals("raw") || f.name().equals("escape"));
      Expression shown = plain ? ((Filtered) value).value() : value;
      return shown instanceof Path path && path.is(names);
    }

    @Override
    public void render(Rendering rendering) {
      rendering.at(position);
      rendering.value(value.evaluate(rendering), safe);
    }

    @Override
    public void rewrite(Rewriter rewriter, List<Node> into) {
      rewriter.output(this, into);
    }
  }

  /** The first of some branches whose condition holds. */
  record If(List<Branch> branches, Position position) implements Node {

    @Override
    public void render(Rendering rendering) {
      rendering.at(position);
      for (Branch branch : branches) {
        rendering.step(1);
        if (Values.truthy(branch.condition().evaluate(rendering)) == branch.wanted()) {
          branch.body().render(rendering);
          return;
        }
      }
    }

    @Override
    public void rewrite(Rewriter rewriter, List<Node> into) {
      List<Branch> rewritten = new ArrayList<>();
      for (Branch branch : branches) {
        Block body = branch.body().inner(rewriter);
        rewritten.add(new Branch(branch.condition(), branch.wanted(), body));
      }
      into.add(new If(List.copyOf(rewritten), position));
    }
  }

  /** What happens where a condition is, or is not, fulfilled. */
  record Branch(Expression condition, boolean wanted, Block body) {}

  /** Gives a name to a value. */
  record Assign(String name, Expression value, Position position) implements Node {

    @Override
    public void render(Rendering rendering) {
      rendering.at(position);
      Object result = value.evaluate(rendering);
      rendering.make(16 + (result instanceof String text ? text.length() : 0));
      rendering.assign(name, result);
    }
  }

  /** Leaves a loop or its present turn. */
  record Leave(Rendering.Jump jump) implements Node {

    @Override
    public void render(Rendering rendering) {
      rendering.jump(jump);
    }
  }
}
