// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.campaigns.internal.liquid.Mode;
import io.rookery.campaigns.internal.liquid.Node;
import io.rookery.campaigns.internal.liquid.Nodes.Block;
import io.rookery.campaigns.internal.liquid.Nodes.Text;
import io.rookery.campaigns.internal.liquid.Template;
import io.rookery.kernel.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes content that can be rendered of a template's sources. Thread-safe. */
public final class ContentCompiler {

  private final Clock clock;

  /** Compiles templates whose "now" is this clock's. */
  public ContentCompiler(Clock clock) {
    this.clock = clock;
  }

  private record Html(Template template, Block source, List<String> links) {}

  /** How a part's source becomes nodes: Liquid is parsed, written text stands for itself. */
  private interface Reading {
    Block read(String source, Mode mode);
  }

  /**
   * Compiles a content.
   *
   * @throws LiquidException where a part does not compile
   */
  public CompiledContent compile(UUID id, CampaignData campaign, ContentSource source) {
    return compile(id, campaign, source, null);
  }

  /** Compiles a content whose links were numbered before. */
  public CompiledContent compile(
      UUID id, CampaignData campaign, ContentSource source, List<String> links) {
    return compiled(id, campaign, source, new Manner(this::liquid, links));
  }

  /**
   * Compiles content that is sent as it is written: nothing in it is Liquid.
   *
   * @throws LiquidException where the HTML ends inside a tag, a comment or a style
   */
  public CompiledContent compileWritten(UUID id, CampaignData campaign, ContentSource source) {
    return compiled(id, campaign, source, new Manner(ContentCompiler::written, null));
  }

  private record Manner(Reading reading, List<String> links) {}

  private CompiledContent compiled(
      UUID id, CampaignData campaign, ContentSource source, Manner manner) {
    boolean commercial = campaign.category() != CampaignData.Category.TRANSACTIONAL;
    Reading reading = manner.reading();
    Template subject = new Template(reading.read(source.subject(), Mode.TEXT), Mode.TEXT, clock);
    Html html =
        source.html() == null
            ? null
            : html(reading.read(source.html(), Mode.HTML), commercial, manner.links());
    Template text =
        source.text() == null
            ? derived(html, commercial)
            : withFooter(reading.read(source.text(), Mode.TEXT), Mode.TEXT, commercial);
    return new CompiledContent(
        id,
        campaign,
        new CompiledContent.Parts(
            subject, html == null ? null : html.template(), text, source.text() == null),
        html == null ? List.of() : html.links());
  }

  /** Returns what of some sources does not compile, each with a pointer to its field. */
  public List<FieldError> errors(ContentSource source) {
    List<FieldError> errors = new ArrayList<>();
    check("/subject", errors, () -> Template.compile(source.subject(), Mode.TEXT, clock));
    if (source.html() != null) {
      check("/html", errors, () -> html(liquid(source.html(), Mode.HTML), true, null));
    }
    if (source.text() != null) {
      check("/text", errors, () -> withFooter(liquid(source.text(), Mode.TEXT), Mode.TEXT, true));
    }
    return errors;
  }

  private static void check(String pointer, List<FieldError> errors, Runnable compile) {
    try {
      compile.run();
    } catch (LiquidException e) {
      errors.add(new FieldError(pointer, e.getMessage()));
    }
  }

  private Block liquid(String source, Mode mode) {
    return Template.compile(source, mode, clock).block();
  }

  private static Block written(String source, Mode mode) {
    return new Block(List.of(new Text(source)));
  }

  private Html html(Block written, boolean commercial, List<String> links) {
    HtmlCompiler compiler = new HtmlCompiler(links);
    Block slotted = compiler.compile(written);
    List<Node> tail = new ArrayList<>();
    if (commercial) {
      tail.addAll(parse(compiler.duties().htmlFooter(), Mode.HTML));
    }
    tail.add(new Slots.Pixel());
    Block whole = new Block(withTail(slotted.nodes(), tail));
    return new Html(new Template(whole, Mode.HTML, clock), written, compiler.links());
  }

  /** Puts nodes before the last end of the body, or at the end where there is none. */
  private static List<Node> withTail(List<Node> nodes, List<Node> tail) {
    int end = nodes.lastIndexOf(new Slots.BodyEnd());
    List<Node> result = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (i == end) {
        result.addAll(tail);
      } else if (!(nodes.get(i) instanceof Slots.BodyEnd)) {
        result.add(nodes.get(i));
      }
    }
    if (end < 0) {
      result.addAll(tail);
    }
    return result;
  }

  private Template derived(Html html, boolean commercial) {
    return withFooter(PlainText.of(html.source()), Mode.DERIVED_TEXT, commercial);
  }

  private Template withFooter(Block block, Mode mode, boolean commercial) {
    List<Node> nodes = new ArrayList<>(block.nodes());
    if (commercial) {
      nodes.addAll(parse(TextDuties.of(block).textFooter(), mode));
    }
    return new Template(new Block(nodes), mode, clock);
  }

  private List<Node> parse(String liquid, Mode mode) {
    return liquid(liquid, mode).nodes();
  }
}
