// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.campaigns.internal.liquid.Expression.Literal;
import io.rookery.campaigns.internal.liquid.Nodes.Block;
import io.rookery.campaigns.internal.liquid.Nodes.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes nodes of a template's pieces. */
final class Parser {

  private static final Block NOTHING = new Block(List.of());
  private static final Set<String> RESERVED =
      Set.of(
          "contact",
          "tenant",
          "campaign",
          "unsubscribe_url",
          "forloop",
          "nil",
          "null",
          "true",
          "false",
          "empty",
          "blank");

  private final Source source;
  private final List<Piece> pieces;
  private int next;
  private int depth;
  private int loops;

  Parser(String text) {
    this.source = new Source(text);
    this.pieces = new Lexer(source).pieces();
  }

  Block parse() {
    Block block = block(Set.of());
    if (peek().kind() == Piece.Kind.TAG) {
      throw unexpected(peek());
    }
    return block;
  }

  private Block block(Set<String> ends) {
    if (++depth > Bounds.DEPTH) {
      throw error(peek(), "Blocks are nested more than " + Bounds.DEPTH + " deep");
    }
    List<Node> nodes = new ArrayList<>();
    while (peek().kind() != Piece.Kind.END
        && !(peek().kind() == Piece.Kind.TAG && ends.contains(peek().name()))) {
      nodes.add(node(take()));
    }
    depth--;
    return new Block(nodes);
  }

  private Node node(Piece piece) {
    return switch (piece.kind()) {
      case TEXT -> new Nodes.Text(piece.text());
      case OUTPUT -> output(piece);
      default -> tag(piece);
    };
  }

  private Node output(Piece piece) {
    Tokens tokens = new Tokens(source, piece);
    Expression value = new ExpressionParser(tokens).filtered();
    tokens.end();
    return new Nodes.Output(value, position(piece));
  }

  private Node tag(Piece piece) {
    return switch (piece.name()) {
      case "if" -> branches(piece, true);
      case "unless" -> branches(piece, false);
      case "case" -> cases(piece);
      case "for" -> loop(piece);
      case "assign" -> assign(piece);
      case "break" -> leave(piece, Rendering.Jump.BREAK);
      case "continue" -> leave(piece, Rendering.Jump.CONTINUE);
      default -> throw unexpected(piece);
    };
  }

  private Node branches(Piece opening, boolean wanted) {
    String end = "end" + opening.name();
    List<Branch> branches = new ArrayList<>();
    Expression first = condition(opening);
    branches.add(new Branch(first, wanted, block(Set.of("elsif", "else", end))));
    while (peek().tag("elsif")) {
      Expression condition = condition(take());
      branches.add(new Branch(condition, true, block(Set.of("elsif", "else", end))));
    }
    if (peek().tag("else")) {
      bare(take());
      branches.add(new Branch(new Literal(true), true, block(Set.of(end))));
    }
    close(opening, end);
    return new Nodes.If(List.copyOf(branches), position(opening));
  }

  private Expression condition(Piece piece) {
    Tokens tokens = new Tokens(source, piece);
    Expression condition = new ExpressionParser(tokens).condition();
    tokens.end();
    return condition;
  }

  private Node cases(Piece opening) {
    Tokens tokens = new Tokens(source, opening);
    Expression subject = new ExpressionParser(tokens).value();
    tokens.end();
    for (Node skipped : block(Set.of("when", "else", "endcase")).nodes()) {
      if (!(skipped instanceof Nodes.Text text) || !text.text().isBlank()) {
        throw error(opening, "Nothing may stand between {% case %} and its first {% when %}");
      }
    }
    List<Case.When> whens = new ArrayList<>();
    while (peek().tag("when")) {
      List<Expression> values = whenValues(take());
      whens.add(new Case.When(values, block(Set.of("when", "else", "endcase"))));
    }
    Block otherwise = otherwise("endcase");
    close(opening, "endcase");
    return new Case(subject, List.copyOf(whens), otherwise, position(opening));
  }

  private List<Expression> whenValues(Piece piece) {
    Tokens tokens = new Tokens(source, piece);
    List<Expression> values = new ArrayList<>();
    do {
      values.add(new ExpressionParser(tokens).value());
    } while (tokens.skip(",") || tokens.skip("or"));
    tokens.end();
    return List.copyOf(values);
  }

  private Node loop(Piece opening) {
    For.Head head = head(opening);
    loops++;
    Block body = block(Set.of("else", "endfor"));
    loops--;
    Block otherwise = otherwise("endfor");
    close(opening, "endfor");
    return new For(head, body, otherwise, position(opening));
  }

  private For.Head head(Piece opening) {
    Tokens tokens = new Tokens(source, opening);
    String name = name(tokens);
    tokens.expect("in");
    ExpressionParser values = new ExpressionParser(tokens);
    Expression list = values.value();
    Expression limit = null;
    Expression offset = null;
    boolean reversed = false;
    while (tokens.peek().kind() != Token.Kind.END) {
      if (tokens.skip("reversed")) {
        reversed = true;
      } else if (tokens.skip("limit")) {
        tokens.expect(":");
        limit = values.value();
      } else {
        tokens.expect("offset");
        tokens.expect(":");
        offset = values.value();
      }
    }
    return new For.Head(name, list, limit, offset, reversed);
  }

  private Node assign(Piece piece) {
    Tokens tokens = new Tokens(source, sign(piece));
    String name = name(tokens);
    tokens.expect("==");
    Expression value = new ExpressionParser(tokens).filtered();
    tokens.end();
    return new Nodes.Assign(name, value, position(piece));
  }

  /** The lone equals sign stands nowhere else, so it is read as the double one. */
  private Piece sign(Piece piece) {
    int sign = piece.text().indexOf('=');
    if (sign < 0 || piece.text().startsWith("==", sign)) {
      throw error(piece, "Write {% assign name = value %}");
    }
    String before = piece.text().substring(0, sign);
    return new Piece(
        piece.kind(), piece.name(), before + "==" + piece.text().substring(sign + 1), piece.at());
  }

  private String name(Tokens tokens) {
    Token token = tokens.peek();
    String name = tokens.word("a name");
    if (RESERVED.contains(name)) {
      throw tokens.error(token.at(), "The name '" + name + "' is taken; choose another");
    }
    return name;
  }

  private Node leave(Piece piece, Rendering.Jump jump) {
    bare(piece);
    if (loops == 0) {
      throw error(piece, "{% " + piece.name() + " %} stands in a {% for %} only");
    }
    return new Nodes.Leave(jump);
  }

  private Block otherwise(String end) {
    if (!peek().tag("else")) {
      return NOTHING;
    }
    bare(take());
    return block(Set.of(end));
  }

  private void close(Piece opening, String end) {
    Piece piece = take();
    if (piece.kind() == Piece.Kind.END) {
      throw error(opening, "{% " + opening.name() + " %} is not closed by {% " + end + " %}");
    }
    if (!piece.tag(end)) {
      throw unexpected(piece);
    }
    bare(piece);
  }

  private void bare(Piece piece) {
    new Tokens(source, piece).end();
  }

  private Piece peek() {
    return pieces.get(next);
  }

  private Piece take() {
    Piece piece = pieces.get(next);
    if (piece.kind() != Piece.Kind.END) {
      next++;
    }
    return piece;
  }

  private LiquidException unexpected(Piece piece) {
    boolean known =
        piece.name().startsWith("end") || Set.of("else", "elsif", "when").contains(piece.name());
    return error(
        piece,
        known
            ? "{% " + piece.name() + " %} belongs to nothing that is open here"
            : "There is no tag '" + piece.name() + "'");
  }

  private LiquidException error(Piece piece, String detail) {
    return source.error(piece.at(), detail);
  }

  private Position position(Piece piece) {
    return source.position(piece.at());
  }
}
