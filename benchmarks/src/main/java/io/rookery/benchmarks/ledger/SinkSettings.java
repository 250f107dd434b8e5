// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How the sink behaves; a new one takes the place of the old while the sink runs.
 *
 * <p>Keys: {@code rate} (messages a second over all connections, 0 for no cap); {@code
 * refuse.above} (messages a second, more of which are refused for now at RCPT; 0 for no bound);
 * {@code delay.STAGE} ({@code [n:]milliseconds}, each n-th time); {@code fault.STAGE} (see {@link
 * Fault}); {@code extensions} (those announced, with commas between).
 */
final class SinkSettings {

  private static final Set<String> OTHERS = Set.of("rate", "refuse.above", "extensions");
  private static final String EXTENSIONS = "PIPELINING,8BITMIME,SMTPUTF8,ENHANCEDSTATUSCODES";

  private final double rate;
  private final double refuseAbove;
  private final String[] extensions;
  private final Map<Stage, Fault> delays = new EnumMap<>(Stage.class);
  private final Map<Stage, Fault> faults = new EnumMap<>(Stage.class);

  private SinkSettings(Map<String, String> values) {
    this.rate = Double.parseDouble(values.getOrDefault("rate", "0"));
    this.refuseAbove = Double.parseDouble(values.getOrDefault("refuse.above", "0"));
    this.extensions = values.getOrDefault("extensions", EXTENSIONS).split(",");
    for (Map.Entry<String, String> value : values.entrySet()) {
      String key = value.getKey();
      if (key.startsWith("delay.")) {
        delays.put(Stage.valueOf(key.substring(6)), Fault.of(value.getValue()));
      } else if (key.startsWith("fault.")) {
        faults.put(Stage.valueOf(key.substring(6)), Fault.of(value.getValue()));
      } else if (!OTHERS.contains(key)) {
        throw new IllegalArgumentException("Not a setting of the sink: " + key);
      }
    }
  }

  static SinkSettings of(Map<String, String> values) {
    return new SinkSettings(values);
  }

  /** Returns how many messages a second are taken at most, 0 for as many as come. */
  double rate() {
    return rate;
  }

  /** Returns how many messages a second are not refused at most, 0 for all. */
  double refuseAbove() {
    return refuseAbove;
  }

  String[] extensions() {
    return extensions.clone();
  }

  /** Returns how long to wait at a stage this time. */
  Duration delay(Stage stage) {
    Fault delay = delays.get(stage);
    String millis = delay == null ? null : delay.next();
    return millis == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(millis.strip()));
  }

  /** Returns what goes wrong at a stage this time, or null. */
  String fault(Stage stage) {
    Fault fault = faults.get(stage);
    return fault == null ? null : fault.next();
  }
}
