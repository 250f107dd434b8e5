// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Looks for marks, in every form, in whatever octets there are. */
final class Finder {

  /** A form that is shorter may stand somewhere by chance. */
  private static final int SHORTEST = 12;

  private static final int HEAD = 8;
  private static final int PIECE = 1 << 22;
  private static final int SIEVE_BITS = 20;

  private final Map<Long, List<Form>> heads = new HashMap<>();
  private final BitSet sieve = new BitSet(1 << SIEVE_BITS);
  private int longest;
  private int forms;

  private record Form(Mark mark, String name, byte[] octets) {}

  Finder(Collection<Mark> marks) {
    for (Mark mark : marks) {
      Set<String> seen = new HashSet<>();
      mark.forms()
          .forEach(
              (name, octets) -> {
                if (octets.length >= SHORTEST && seen.add(Arrays.toString(octets))) {
                  add(new Form(mark, name, octets));
                }
              });
    }
  }

  private void add(Form form) {
    long head = head(form.octets(), 0);
    heads.computeIfAbsent(head, none -> new ArrayList<>()).add(form);
    sieve.set(hash(head));
    longest = Math.max(longest, form.octets().length);
    forms++;
  }

  /** Returns how many forms are looked for. */
  int forms() {
    return forms;
  }

  private static long head(byte[] octets, int at) {
    long head = 0;
    for (int i = 0; i < HEAD; i++) {
      head = head << 8 | octets[at + i] & 0xff;
    }
    return head;
  }

  private static int hash(long head) {
    return (int) (head * 0x9E3779B97F4A7C15L >>> 64 - SIEVE_BITS);
  }

  /** Returns what is found, each mark and form once. */
  Set<String> in(byte[] octets) {
    try {
      Set<String> found = in(new ByteArrayInputStream(octets));
      found.addAll(inside(octets));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> inside(byte[] octets) {
    if (octets.length < 2 || octets[0] != 0x1f || octets[1] != (byte) 0x8b) {
      return Set.of();
    }
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(octets))) {
      return in(unpacked);
    } catch (IOException e) {
      return Set.of(); // It only begins as gzip does.
    }
  }

  /** Returns what is found in a stream of any length, each mark and form once. */
  Set<String> in(InputStream stream) throws IOException {
    Set<String> found = new TreeSet<>();
    byte[] piece = new byte[PIECE + longest];
    int held = 0;
    int read = stream.readNBytes(piece, 0, PIECE);
    while (read > 0) {
      int end = held + read;
      look(piece, end, found);
      held = Math.min(longest, end);
      System.arraycopy(piece, end - held, piece, 0, held);
      read = stream.readNBytes(piece, held, PIECE);
    }
    return found;
  }

  private void look(byte[] piece, int end, Set<String> found) {
    if (end < HEAD) {
      return;
    }
    long head = head(piece, 0);
    for (int at = 0; ; at++) {
      if (sieve.get(hash(head))) {
        for (Form form : heads.getOrDefault(head, List.of())) {
          int behind = at + form.octets().length;
          if (behind <= end && Arrays.equals(piece, at, behind, form.octets(), 0, behind - at)) {
            found.add(form.mark() + " (" + form.name() + ")");
          }
        }
      }
      if (at + HEAD >= end) {
        return;
      }
      head = head << 8 | piece[at + HEAD] & 0xff;
    }
  }
}
