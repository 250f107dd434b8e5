// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was found of marked secrets, told by their kinds. */
public final class Findings {

  private final int marks;
  private final int answers;
  private final Finder finder;
  private final Places places;
  private final List<String> heap = new ArrayList<>();

  Findings(int marks, int answers, Finder finder, Places places) {
    this.marks = marks;
    this.answers = answers;
    this.finder = finder;
    this.places = places;
  }

  /** Looks into a dump of the platform's memory, too, where secrets may be for a while. */
  public void heap(Path dump) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(dump))) {
      new TreeSet<>(finder.in(in)).forEach(mark -> heap.add("in memory, not counted: " + mark));
    }
  }

  /** Returns each place with what was found there, and what memory held. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    places.found().forEach((place, found) -> lines.add("found at " + place + ": " + found));
    lines.addAll(heap);
    return lines;
  }

  /** Returns how often a mark was found: places, forms and marks each on their own. */
  public int hits() {
    return places.found().values().stream().mapToInt(Set::size).sum();
  }

  /** Returns how many secrets there were. */
  public int marks() {
    return marks;
  }

  /** Returns how many ways of writing them were looked for. */
  public int forms() {
    return finder.forms();
  }

  /** Returns how many answers were searched. */
  public int answers() {
    return answers;
  }

  /** Returns where something was found. */
  public Set<String> places() {
    return places.found().keySet();
  }

  /** Returns how many files, tables and answers were searched. */
  public int searched() {
    return places.places();
  }

  /** Returns how many million octets were searched. */
  public long megabytes() {
    return places.octets() / 1_000_000;
  }
}
