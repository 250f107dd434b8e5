// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.campaigns.internal.content.HtmlScanner.Place;
import io.rookery.campaigns.internal.content.HtmlScanner.Value;
import io.rookery.campaigns.internal.liquid.Node;
import io.rookery.campaigns.internal.liquid.Nodes.Block;
import io.rookery.campaigns.internal.liquid.Nodes.Output;
import io.rookery.campaigns.internal.liquid.Nodes.Text;
import io.rookery.campaigns.internal.liquid.Rewriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Derives a plain text part from a compiled HTML part, before any recipient is known. */
final class PlainText implements Rewriter, HtmlScanner.Sink {

  /** Line ends around the elements that stand on lines of their own. */
  private static final Map<String, Integer> LINES =
      Map.ofEntries(
          Map.entry("br", 1),
          Map.entry("div", 1),
          Map.entry("tr", 1),
          Map.entry("li", 1),
          Map.entry("hr", 2),
          Map.entry("p", 2),
          Map.entry("h1", 2),
          Map.entry("h2", 2),
          Map.entry("h3", 2),
          Map.entry("h4", 2),
          Map.entry("h5", 2),
          Map.entry("h6", 2),
          Map.entry("ul", 2),
          Map.entry("ol", 2),
          Map.entry("table", 2),
          Map.entry("section", 2),
          Map.entry("blockquote", 2));

  private final HtmlScanner scanner = new HtmlScanner(this);
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder anchorText = new StringBuilder();
  private List<Node> into = new ArrayList<>();
  private List<Object> address = List.of();
  private int pendingLines;
  private boolean pendingSpace;
  private boolean begun;
  private boolean torn;

  static Block of(Block html) {
    return html.rewritten(new PlainText());
  }

  @Override
  public void text(Text text, List<Node> target) {
    into = target;
    scanner.feed(text.text());
    flush();
  }

  @Override
  public void output(Output output, List<Node> target) {
    into = target;
    if (scanner.place() == Place.TEXT) {
      space();
      flush();
      into.add(output);
      anchorText.append(' ');
      begun = true;
    }
    scanner.hole(output);
  }

  @Override
  public void enter() {
    torn |= scanner.inAddress();
  }

  @Override
  public void leave() {}

  @Override
  public void text(String text) {
    String decoded = Entities.decode(text);
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f') {
        pendingSpace = true;
      } else {
        space();
        written.append(c == '\u00a0' ? ' ' : c);
        anchorText.append(c);
        begun = true;
      }
    }
  }

  @Override
  public void attribute(String tag, String name, Value value) {
    if (tag.equals("a") && name.equals("href")) {
      // An address that depends on a condition cannot be written after its label.
      address = torn ? List.of() : value.parts();
      torn = false;
      anchorText.setLength(0);
    }
  }

  @Override
  public void tag(String name, boolean closing, int at) {
    Integer lines = LINES.get(name);
    if (lines != null) {
      pendingLines = Math.max(pendingLines, lines);
    } else if (name.equals("td") || name.equals("th")) {
      pendingSpace = true;
    }
    if (!closing && name.equals("li")) {
      space();
      written.append("- ");
    } else if (closing && name.equals("a")) {
      address();
    }
  }

  private void address() {
    boolean web = address.stream().anyMatch(part -> part instanceof Output) || webAddress();
    if (web) {
      boolean labelled = anchorText.length() > 0;
      written.append(labelled ? " (" : "");
      flush();
      for (Object part : address) {
        into.add(part instanceof Output node ? node : new Text(Entities.decode((String) part)));
      }
      written.append(labelled ? ")" : "");
    }
    address = List.of();
  }

  private boolean webAddress() {
    String whole = address.isEmpty() ? "" : Entities.decode((String) address.get(0));
    return whole.startsWith("http") && !whole.contentEquals(anchorText);
  }

  /** Writes the line ends or the space that are due before the next word. */
  private void space() {
    if (begun && pendingLines > 0) {
      written.append("\n".repeat(pendingLines));
    } else if (begun && pendingSpace) {
      written.append(' ');
    }
    pendingLines = 0;
    pendingSpace = false;
  }

  private void flush() {
    if (written.length() > 0) {
      into.add(new Text(written.toString()));
      written.setLength(0);
    }
  }
}
