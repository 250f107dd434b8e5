// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of what stands between braces, one after the other. */
final class Tokens {

  private static final Pattern WORDS =
      Pattern.compile(
          "\\s++|(?<string>'[^']*+'|\"[^\"]*+\")|(?<number>-?\\d++(\\.\\d++)?+)"
              + "|(?<word>[A-Za-z_][\\w-]*+\\??+)|(?<symbol>==|!=|<>|<=|>=|[<>|:,.\\[\\]])");

  private final Source source;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(Source source, Piece piece) {
    this.source = source;
    String text = piece.text();
    Matcher matcher = WORDS.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw error(piece.at() + at, "'" + text.charAt(at) + "' is not understood here");
      }
      add(matcher, piece.at() + at);
      at = matcher.end();
    }
    tokens.add(new Token(Token.Kind.END, "the end", piece.at() + text.length()));
  }

  private void add(Matcher matcher, int at) {
    if (matcher.group("string") != null) {
      String quoted = matcher.group("string");
      tokens.add(new Token(Token.Kind.STRING, quoted.substring(1, quoted.length() - 1), at));
    } else if (matcher.group("number") != null) {
      tokens.add(new Token(Token.Kind.NUMBER, matcher.group("number"), at));
    } else if (matcher.group("word") != null) {
      tokens.add(new Token(Token.Kind.WORD, matcher.group("word"), at));
    } else if (matcher.group("symbol") != null) {
      tokens.add(new Token(Token.Kind.SYMBOL, matcher.group("symbol"), at));
    }
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  boolean skip(String wanted) {
    boolean found = peek().is(wanted);
    if (found) {
      next++;
    }
    return found;
  }

  void expect(String wanted) {
    if (!skip(wanted)) {
      throw error(peek().at(), "Expected '" + wanted + "' instead of '" + peek().text() + "'");
    }
  }

  String word(String what) {
    Token token = take();
    if (token.kind() != Token.Kind.WORD) {
      throw error(token.at(), "Expected " + what + " instead of '" + token.text() + "'");
    }
    return token.text();
  }

  void end() {
    if (peek().kind() != Token.Kind.END) {
      throw error(peek().at(), "'" + peek().text() + "' is not understood here");
    }
  }

  LiquidException error(int at, String detail) {
    return source.error(at, detail);
  }
}
