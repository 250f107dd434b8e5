// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.api.campaigns.CampaignContent.Links;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** One rendering of a template: its variables, its output and what is left of its bounds. */
public final class Rendering {

  private static final int LONGEST_SEARCH = 1024;

  /** Characters that are looked at within one step. */
  private static final int PER_STEP = 256;

  private final Map<String, ?> variables;
  private final Links links;
  private final Mode mode;
  private final Clock clock;
  private final Bounds bounds;
  private final StringBuilder out;
  private Map<String, Object> assigned;
  private Position position;
  private Jump jump;
  private int instructions;
  private int memory;
  private int turns;

  Rendering(Template template, Map<String, ?> variables, Links links, int size) {
    this.variables = variables;
    this.links = links;
    this.mode = template.mode();
    this.clock = template.clock();
    this.bounds = template.bounds();
    this.out = new StringBuilder(size);
  }

  /** Returns who makes the links of this message. */
  public Links links() {
    return links;
  }

  /** Writes text as it is. */
  public void write(String text) {
    if (out.length() + text.length() > bounds.output()) {
      throw failed("The output is longer than " + bounds.output() + " characters");
    }
    out.append(text);
  }

  /** Writes a value, escaped in HTML unless it is safe. */
  public void value(Object value, boolean safe) {
    String text = Values.text(value);
    if (safe || mode != Mode.HTML) {
      write(text);
    } else {
      if (out.length() + text.length() > bounds.output()) {
        write(text);
      }
      Html.escape(text, out);
      write("");
    }
  }

  String result() {
    return out.toString();
  }

  Mode mode() {
    return mode;
  }

  Clock clock() {
    return clock;
  }

  void at(Position current) {
    this.position = current;
  }

  Object variable(String name) {
    if (assigned != null && assigned.containsKey(name)) {
      return assigned.get(name);
    }
    return name.equals("unsubscribe_url") ? links.unsubscribe() : variables.get(name);
  }

  Object assign(String name, Object value) {
    if (assigned == null) {
      assigned = new HashMap<>();
    }
    return assigned.put(name, value);
  }

  void step(int count) {
    instructions += count;
    if (instructions > bounds.instructions()) {
      throw failed("The template does more than " + bounds.instructions() + " steps");
    }
  }

  /** Counts the work that goes through the whole of a value. */
  void work(Object value) {
    int weight = Values.weight(value);
    if (weight >= PER_STEP) {
      step(weight / PER_STEP);
    }
  }

  void turn() {
    if (++turns > bounds.turns()) {
      throw failed("Loops take more than " + bounds.turns() + " turns in all");
    }
  }

  /** Counts characters that a value takes, before or after they are made. */
  void make(long length) {
    if (length > bounds.memory() - memory) {
      throw failed("Values take more than " + bounds.memory() + " characters in all");
    }
    memory += (int) length;
  }

  /** Counts a search, which may compare each place with the whole of what is looked for. */
  void search(int length, int wanted) {
    if (wanted > LONGEST_SEARCH) {
      throw failed("What is searched for has more than " + LONGEST_SEARCH + " characters");
    }
    step(1 + (int) Math.min(Integer.MAX_VALUE / 2, (long) length * wanted / 1000));
  }

  Jump jump() {
    return jump;
  }

  void jump(Jump next) {
    this.jump = next;
  }

  LiquidException failed(String detail) {
    return new LiquidException(position, detail);
  }

  enum Jump {
    BREAK,
    CONTINUE
  }
}
