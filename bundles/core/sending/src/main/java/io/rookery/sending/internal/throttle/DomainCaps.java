// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many messages a minute recipient domains get from one server at most, over all nodes. A star
 * stands for each domain that is not named.
 */
public record DomainCaps(Map<String, Integer> perMinute) {

  /** No caps at all. */
  public static final DomainCaps NONE = new DomainCaps(Map.of());

  private static final String OTHERS = "*";
  private static final int MOST = 1_000_000;
  private static final Pattern CAP = Pattern.compile("([^=\\s]+)\\s*=\\s*([0-9]{1,7})(?:/m)?");

  /** Checks the numbers and copies the map. */
  public DomainCaps {
    perMinute = Map.copyOf(perMinute);
    if (perMinute.values().stream().anyMatch(cap -> cap < 1 || cap > MOST)) {
      throw new IllegalArgumentException("A cap is from 1 to " + MOST + " messages a minute");
    }
  }

  /**
   * Reads caps as they are configured, such as {@code gmail.com=600, *=1200}; blank for none.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static DomainCaps of(String text) {
    Map<String, Integer> caps = new HashMap<>();
    for (String part : text.split(",")) {
      if (part.isBlank()) {
        continue;
      }
      Matcher cap = CAP.matcher(part.strip());
      if (!cap.matches()) {
        throw new IllegalArgumentException(
            "A cap is written DOMAIN=MESSAGES_A_MINUTE, with commas between, not: " + part.strip());
      }
      caps.put(cap.group(1).toLowerCase(Locale.ROOT), Integer.valueOf(cap.group(2)));
    }
    return new DomainCaps(caps);
  }

  /** Returns the cap of a domain in messages a minute, or 0 where it has none. */
  public int cap(String domain) {
    return perMinute.getOrDefault(domain, perMinute.getOrDefault(OTHERS, 0));
  }

  /** Returns these caps, and others for what these say nothing of. */
  DomainCaps or(DomainCaps others) {
    if (perMinute.containsKey(OTHERS)) {
      return this;
    }
    Map<String, Integer> both = new HashMap<>(others.perMinute);
    both.putAll(perMinute);
    return new DomainCaps(both);
  }

  boolean none() {
    return perMinute.isEmpty();
  }
}
