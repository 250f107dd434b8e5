// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.List;

/** Something that has a value: pure, so it may be evaluated in any order. */
interface Expression {

  /** Returns the value: String, Number, Boolean, List, Map, a word such as empty, or null. */
  Object evaluate(Rendering rendering);

  /** A value that stands in the template. */
  record Literal(Object value) implements Expression {

    @Override
    public Object evaluate(Rendering rendering) {
      return value;
    }
  }

  /** A variable and the way into it. */
  record Path(String root, List<Expression> steps) implements Expression {

    @Override
    public Object evaluate(Rendering rendering) {
      Object value = rendering.variable(root);
      for (int i = 0; value != null && i < steps.size(); i++) {
        rendering.step(1);
        Object key = steps.get(i).evaluate(rendering);
        rendering.work(key);
        if (value instanceof String) {
          rendering.work(value);
        }
        value = Values.member(value, key);
      }
      return value;
    }

    boolean is(String... names) {
      if (!root.equals(names[0]) || steps.size() != names.length - 1) {
        return false;
      }
      for (int i = 0; i < steps.size(); i++) {
        if (!(steps.get(i) instanceof Literal step) || !names[i + 1].equals(step.value())) {
          return false;
        }
      }
      return true;
    }
  }

  /** A value that goes through filters. */
  record Filtered(Expression value, List<FilterCall> filters) implements Expression {

    @Override
    public Object evaluate(Rendering rendering) {
      Object result = value.evaluate(rendering);
      for (FilterCall filter : filters) {
        result = filter.apply(result, rendering);
      }
      return result;
    }
  }

  /** A comparison of two values. */
  record Comparison(Expression left, String operator, Expression right) implements Expression {

    @Override
    public Object evaluate(Rendering rendering) {
      rendering.step(1);
      Object a = left.evaluate(rendering);
      Object b = right.evaluate(rendering);
      rendering.work(a);
      rendering.work(b);
      return switch (operator) {
        case "==" -> Values.same(a, b);
        case "!=", "<>" -> !Values.same(a, b);
        case "contains" -> Values.contains(a, b, rendering);
        default -> Values.ordered(a, operator, b);
      };
    }
  }

  /** Comparisons joined by {@code and} and {@code or}, which bind alike and from the right. */
  record Logic(List<Expression> terms, List<Boolean> ands) implements Expression {

    @Override
    public Object evaluate(Rendering rendering) {
      boolean result = Values.truthy(terms.get(terms.size() - 1).evaluate(rendering));
      for (int i = terms.size() - 2; i >= 0; i--) {
        boolean term = Values.truthy(terms.get(i).evaluate(rendering));
        result = ands.get(i) ? term && result : term || result;
      }
      return result;
    }
  }
}
