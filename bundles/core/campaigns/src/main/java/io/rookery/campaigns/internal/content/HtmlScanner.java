// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Follows HTML (WHATWG §13.2.5, the states that matter here) that comes in chunks with Liquid
 * outputs between them. Tolerant: what is no tag is text.
 */
final class HtmlScanner {

  /** Where in HTML a scanner is. */
  enum Place {
    TEXT,
    TAG,
    DOUBLE_QUOTED,
    SINGLE_QUOTED,
    UNQUOTED,
    COMMENT,
    DECLARATION,
    RAW
  }

  /** What a scanner finds; offsets are those of the present chunk, or -1 for an earlier one. */
  interface Sink {

    /** Static text outside all tags, entities as written. */
    void text(String text);

    /** A whole attribute; its parts are strings and Liquid outputs. */
    void attribute(String tag, String name, Value value);

    /** A whole tag that began at an offset. */
    void tag(String name, boolean closing, int at);
  }

  /** An attribute's value; start and end are known where it stands in one chunk. */
  record Value(List<Object> parts, int start, int end) {}

  private static final Set<String> RAW =
      Set.of("style", "script", "title", "textarea", "xmp", "noscript", "iframe", "template");

  private final Sink sink;
  private final StringBuilder attribute = new StringBuilder();
  private final StringBuilder tag = new StringBuilder();
  private final List<Object> parts = new ArrayList<>();
  private Place place = Place.TEXT;
  private String rawElement = "";
  private String chunk = "";
  private int at;
  private int tagAt;
  private int valueAt;
  private boolean closing;
  private boolean named;
  private boolean assigned;

  HtmlScanner(Sink sink) {
    this.sink = sink;
  }

  /** Returns the place after what was fed. */
  Place place() {
    return place;
  }

  /** Returns the place as far as a block must end where it began. */
  Place coarsePlace() {
    return place == Place.UNQUOTED ? Place.TAG : place;
  }

  /** Returns whether it is in the value of a link's address. */
  boolean inAddress() {
    return (place == Place.DOUBLE_QUOTED || place == Place.SINGLE_QUOTED || place == Place.UNQUOTED)
        && attribute.toString().equals("href");
  }

  void feed(String next) {
    chunk = next;
    at = 0;
    tagAt = -1;
    valueAt = -1;
    while (at < chunk.length()) {
      switch (place) {
        case TEXT -> text();
        case TAG -> tag();
        case DOUBLE_QUOTED -> quoted('"');
        case SINGLE_QUOTED -> quoted('\'');
        case UNQUOTED -> unquoted();
        case COMMENT -> skip("-->");
        case DECLARATION -> skip(">");
        case RAW -> raw();
      }
    }
  }

  /** Notes that an output stands here. */
  void hole(Object output) {
    if (place == Place.TAG && assigned) {
      begin(Place.UNQUOTED, 0);
    }
    if (place != Place.TEXT && place != Place.TAG) {
      parts.add(output);
      valueAt = -1;
    }
  }

  private void text() {
    int open = chunk.indexOf('<', at);
    while (open >= 0 && !opens(open)) {
      open = chunk.indexOf('<', open + 1);
    }
    int end = open < 0 ? chunk.length() : open;
    if (end > at) {
      sink.text(chunk.substring(at, end));
    }
    at = end;
    if (open >= 0) {
      open(open);
    }
  }

  private boolean opens(int open) {
    char next = character(open + 1);
    return letter(next)
        || next == '!'
        || next == '?'
        || (next == '/' && letter(character(open + 2)));
  }

  private void open(int open) {
    if (chunk.startsWith("<!--", open)) {
      place = Place.COMMENT;
      at = open + 4;
      return;
    }
    char next = character(open + 1);
    if (next == '!' || next == '?') {
      place = Place.DECLARATION;
      at = open + 2;
      return;
    }
    closing = next == '/';
    at = open + (closing ? 2 : 1);
    tagAt = open;
    place = Place.TAG;
    named = false;
    assigned = false;
    tag.setLength(0);
    attribute.setLength(0);
  }

  private void tag() {
    char c = chunk.charAt(at);
    if (c == '>') {
      at++;
      finish();
    } else if (Character.isWhitespace(c) || c == '/') {
      at++;
      named = true;
    } else if (c == '=' && named) {
      at++;
      assigned = true;
    } else if (assigned) {
      boolean quote = c == '"' || c == '\'';
      at += quote ? 1 : 0;
      begin(c == '"' ? Place.DOUBLE_QUOTED : quote ? Place.SINGLE_QUOTED : Place.UNQUOTED, at);
    } else {
      name(c);
      at++;
    }
  }

  private void name(char c) {
    char lower = c < 128 ? (char) Character.toLowerCase((int) c) : c;
    if (!named) {
      tag.append(lower);
      return;
    }
    boolean fresh = at == 0 || " \t\r\n/\"'".indexOf(chunk.charAt(at - 1)) >= 0;
    if (fresh) {
      attribute.setLength(0);
    }
    attribute.append(lower);
  }

  private void begin(Place next, int from) {
    place = next;
    valueAt = from;
    parts.clear();
    assigned = false;
  }

  private void quoted(char quote) {
    int end = chunk.indexOf(quote, at);
    value(end < 0 ? chunk.length() : end, end >= 0);
    at += end < 0 ? 0 : 1;
  }

  private void unquoted() {
    int end = at;
    while (end < chunk.length() && chunk.charAt(end) != '>' && !blank(end)) {
      end++;
    }
    value(end, end < chunk.length());
  }

  private boolean blank(int index) {
    return Character.isWhitespace(chunk.charAt(index));
  }

  private void value(int end, boolean whole) {
    if (end > at) {
      parts.add(chunk.substring(at, end));
    }
    at = end;
    if (whole) {
      Value value = new Value(List.copyOf(parts), valueAt, valueAt < 0 ? -1 : end);
      sink.attribute(tag.toString(), attribute.toString(), value);
      attribute.setLength(0);
      place = Place.TAG;
    }
  }

  private void finish() {
    String name = tag.toString();
    sink.tag(name, closing, tagAt);
    place = !closing && RAW.contains(name) ? Place.RAW : Place.TEXT;
    rawElement = name;
  }

  private void skip(String end) {
    int found = chunk.indexOf(end, at);
    at = found < 0 ? chunk.length() : found + end.length();
    place = found < 0 ? place : Place.TEXT;
  }

  private void raw() {
    int found = chunk.indexOf("</", at);
    while (found >= 0
        && !chunk.regionMatches(true, found + 2, rawElement, 0, rawElement.length())) {
      found = chunk.indexOf("</", found + 2);
    }
    at = found < 0 ? chunk.length() : found;
    if (found >= 0) {
      open(found);
    }
  }

  private char character(int index) {
    return index < chunk.length() ? chunk.charAt(index) : ' ';
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
