// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.campaigns.internal.content.HtmlScanner.Place;
import io.rookery.campaigns.internal.content.HtmlScanner.Value;
import io.rookery.campaigns.internal.liquid.Html;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.campaigns.internal.liquid.Node;
import io.rookery.campaigns.internal.liquid.Nodes.Block;
import io.rookery.campaigns.internal.liquid.Nodes.Output;
import io.rookery.campaigns.internal.liquid.Nodes.Text;
import io.rookery.campaigns.internal.liquid.Rewriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Numbers the static links of HTML, finds where its body ends and what it shows. Only what the
 * author wrote is looked at: merged data never becomes a tracked link.
 */
final class HtmlCompiler implements Rewriter, HtmlScanner.Sink {

  /**
   * Beyond it links stay as they are; a mail with a thousand targets is not read by their clicks.
   */
  private static final int MOST_LINKS = 1000;

  private static final Set<String> LINKS = Set.of("a", "area");

  private final HtmlScanner scanner = new HtmlScanner(this);
  private final Deque<Place> blocks = new ArrayDeque<>();
  private final List<String> links = new ArrayList<>();
  private final boolean numbered;
  private final List<Cut> cuts = new ArrayList<>();
  private final Duties duties = new Duties();

  private record Cut(int start, int end, Node node) {}

  /**
   * Makes a compiler.
   *
   * @param known the links as they were numbered before, so that mail on its way keeps its targets;
   *     or null to number them now
   */
  HtmlCompiler(List<String> known) {
    numbered = known != null;
    if (numbered) {
      links.addAll(known);
    }
  }

  /** Returns the block with its slots; the body's end is marked by {@link Slots.BodyEnd}. */
  Block compile(Block block) {
    Block result = block.rewritten(this);
    if (scanner.place() != Place.TEXT) {
      throw new LiquidException(null, "The HTML ends inside a tag, a comment or a style");
    }
    return result;
  }

  List<String> links() {
    return List.copyOf(links);
  }

  Duties duties() {
    return duties;
  }

  @Override
  public void text(Text text, List<Node> into) {
    cuts.clear();
    String chunk = text.text();
    scanner.feed(chunk);
    int done = 0;
    for (Cut cut : cuts) {
      into.add(new Text(chunk.substring(done, cut.start())));
      into.add(cut.node());
      done = cut.end();
    }
    into.add(done == 0 ? text : new Text(chunk.substring(done)));
  }

  @Override
  public void output(Output output, List<Node> into) {
    if (blocks.isEmpty() && (scanner.place() == Place.TEXT || scanner.inAddress())) {
      duties.shown(output, scanner.inAddress());
    }
    scanner.hole(output);
    into.add(output);
  }

  @Override
  public void enter() {
    blocks.push(scanner.coarsePlace());
  }

  @Override
  public void leave() {
    if (blocks.pop() != scanner.coarsePlace()) {
      throw new LiquidException(
          null, "A Liquid block opens or closes a tag, a quote or a comment of HTML only half");
    }
  }

  @Override
  public void text(String text) {}

  @Override
  public void attribute(String tag, String name, Value value) {
    boolean fixed = value.start() >= 0 && value.parts().size() == 1;
    if (fixed && name.equals("href") && LINKS.contains(tag)) {
      String target = target(Entities.decode((String) value.parts().get(0)).strip());
      int number = target == null ? -1 : number(target);
      if (number >= 0) {
        Node slot = new Slots.Link(number, Html.escape(target));
        cuts.add(new Cut(value.start(), value.end(), slot));
      }
    }
  }

  /** Returns the number of a target, which equal targets share, or -1 where it has none. */
  private int number(String target) {
    int number = links.indexOf(target);
    if (number >= 0 || numbered || links.size() == MOST_LINKS) {
      return number;
    }
    links.add(target);
    return links.size() - 1;
  }

  @Override
  public void tag(String name, boolean closing, int at) {
    if (closing && name.equals("body") && blocks.isEmpty() && at >= 0) {
      cuts.add(new Cut(at, at, new Slots.BodyEnd()));
    }
  }

  private static String target(String address) {
    try {
      URI uri = new URI(address);
      String scheme = uri.getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      return web && uri.getHost() != null ? uri.toASCIIString() : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
