// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.campaigns.internal.liquid.Expression.Comparison;
import io.rookery.campaigns.internal.liquid.Expression.Filtered;
import io.rookery.campaigns.internal.liquid.Expression.Literal;
import io.rookery.campaigns.internal.liquid.Expression.Logic;
import io.rookery.campaigns.internal.liquid.Expression.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads values, filters and conditions. */
final class ExpressionParser {

  private static final Set<String> OPERATORS =
      Set.of("==", "!=", "<>", "<", ">", "<=", ">=", "contains");

  private final Tokens tokens;
  private int depth;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Expression filtered() {
    Expression value = value();
    List<FilterCall> filters = new ArrayList<>();
    while (tokens.skip("|")) {
      filters.add(filter());
    }
    return filters.isEmpty() ? value : new Filtered(value, List.copyOf(filters));
  }

  private FilterCall filter() {
    int at = tokens.peek().at();
    String name = tokens.word("a filter");
    List<Expression> arguments = new ArrayList<>();
    if (tokens.skip(":")) {
      do {
        arguments.add(value());
      } while (tokens.skip(","));
    }
    Filters.Spec spec = Filters.find(name);
    if (spec == null) {
      throw tokens.error(at, "There is no filter '" + name + "'");
    }
    if (arguments.size() < spec.least() || arguments.size() > spec.most()) {
      throw tokens.error(at, "The filter '" + name + "' takes " + spec.range() + " arguments");
    }
    return new FilterCall(name, spec.filter(), List.copyOf(arguments));
  }

  Expression condition() {
    List<Expression> terms = new ArrayList<>();
    List<Boolean> ands = new ArrayList<>();
    terms.add(comparison());
    while (tokens.peek().is("and") || tokens.peek().is("or")) {
      ands.add(tokens.take().is("and"));
      terms.add(comparison());
    }
    return terms.size() == 1 ? terms.get(0) : new Logic(List.copyOf(terms), List.copyOf(ands));
  }

  private Expression comparison() {
    Expression left = value();
    Token next = tokens.peek();
    if (next.kind() == Token.Kind.STRING || !OPERATORS.contains(next.text())) {
      return left;
    }
    tokens.take();
    return new Comparison(left, next.text(), value());
  }

  Expression value() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case STRING -> new Literal(token.text());
      case NUMBER -> new Literal(number(token));
      case WORD -> word(token);
      default ->
          throw tokens.error(token.at(), "Expected a value instead of '" + token.text() + "'");
    };
  }

  private Number number(Token token) {
    if (token.text().length() > 30) {
      throw tokens.error(token.at(), "A number has at most 30 digits");
    }
    if (token.text().indexOf('.') >= 0) {
      return Double.valueOf(token.text());
    }
    BigDecimal value = new BigDecimal(token.text());
    return value.precision() < 19 ? (Number) value.longValue() : value;
  }

  private Expression word(Token token) {
    return switch (token.text()) {
      case "nil", "null" -> new Literal(null);
      case "true" -> new Literal(true);
      case "false" -> new Literal(false);
      case "empty" -> new Literal(Values.Word.EMPTY);
      case "blank" -> new Literal(Values.Word.BLANK);
      default -> path(token);
    };
  }

  private Expression path(Token root) {
    List<Expression> steps = new ArrayList<>();
    while (true) {
      if (tokens.skip(".")) {
        steps.add(new Literal(tokens.word("a name")));
      } else if (tokens.peek().is("[")) {
        steps.add(bracket());
      } else {
        return new Path(root.text(), List.copyOf(steps));
      }
    }
  }

  private Expression bracket() {
    Token open = tokens.take();
    if (++depth > Bounds.DEPTH) {
      throw tokens.error(open.at(), "Brackets are nested too deep");
    }
    Expression step = value();
    tokens.expect("]");
    depth--;
    return step;
  }
}
