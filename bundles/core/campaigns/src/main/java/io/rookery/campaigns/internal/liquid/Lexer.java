// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into static text, outputs and tags; knows comments, raw text and the dashes. */
final class Lexer {

  private static final Pattern NAME = Pattern.compile("\\s*([a-z_]+|#)?");
  private static final Pattern END_RAW = Pattern.compile("\\{%(-?)\\s*+endraw\\s*+(-?)%\\}");
  private static final Pattern END_COMMENT =
      Pattern.compile("\\{%(-?)\\s*+endcomment\\s*+(-?)%\\}");

  private final Source template;
  private final String source;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private boolean trimNext;

  Lexer(Source template) {
    this.template = template;
    this.source = template.text();
  }

  List<Piece> pieces() {
    while (at < source.length()) {
      int open = nextOpening();
      if (open < 0) {
        text(source.length(), false);
        break;
      }
      boolean dash = open + 2 < source.length() && source.charAt(open + 2) == '-';
      text(open, dash);
      braces(open, dash);
    }
    pieces.add(new Piece(Piece.Kind.END, null, "", source.length()));
    return pieces;
  }

  private int nextOpening() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      char next = i + 1 < source.length() ? source.charAt(i + 1) : ' ';
      if (next == '{' || next == '%') {
        return i;
      }
    }
    return -1;
  }

  private void text(int end, boolean trimEnd) {
    int from = at;
    int to = end;
    while (trimNext && from < to && Character.isWhitespace(source.charAt(from))) {
      from++;
    }
    while (trimEnd && from < to && Character.isWhitespace(source.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      pieces.add(new Piece(Piece.Kind.TEXT, null, source.substring(from, to), from));
    }
    trimNext = false;
  }

  private void braces(int open, boolean dash) {
    boolean output = source.charAt(open + 1) == '{';
    int start = open + (dash ? 3 : 2);
    int close = closing(open, start, output ? '}' : '%');
    int end = close > start && source.charAt(close - 1) == '-' ? close - 1 : close;
    trimNext = end < close;
    at = close + 2;
    String inner = source.substring(start, end);
    if (output) {
      pieces.add(new Piece(Piece.Kind.OUTPUT, null, inner, start));
    } else {
      tag(open, start, inner);
    }
  }

  private int closing(int open, int start, char mark) {
    for (int i = start; i + 1 < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\'' || c == '"') {
        int quote = source.indexOf(c, i + 1);
        i = quote < 0 ? source.length() : quote;
      } else if (c == mark && source.charAt(i + 1) == '}') {
        return i;
      }
    }
    throw template.error(open, "The " + source.substring(open, open + 2) + " is not closed");
  }

  private void tag(int open, int start, String inner) {
    Matcher name = NAME.matcher(inner);
    if (!name.lookingAt() || name.group(1) == null) {
      throw template.error(open, "A tag needs a name");
    }
    switch (name.group(1)) {
      case "raw" -> verbatim(open, END_RAW, true);
      case "comment" -> verbatim(open, END_COMMENT, false);
      case "#" -> {}
      default ->
          pieces.add(
              new Piece(
                  Piece.Kind.TAG, name.group(1), inner.substring(name.end()), start + name.end()));
    }
  }

  private void verbatim(int open, Pattern end, boolean keep) {
    Matcher matcher = end.matcher(source);
    if (!matcher.find(at)) {
      throw template.error(open, keep ? "{% raw %} is not closed" : "{% comment %} is not closed");
    }
    if (keep) {
      text(matcher.start(), !matcher.group(1).isEmpty());
    }
    trimNext = !matcher.group(2).isEmpty();
    at = matcher.end();
  }
}
