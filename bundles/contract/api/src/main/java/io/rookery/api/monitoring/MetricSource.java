// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.monitoring;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Gives figures when they are asked for; registered as a service. Quick and thread-safe. */
@ConsumerType
public interface MetricSource {

  /** Returns the present figures. */
  List<Sample> samples();

  /**
   * A figure.
   *
   * @param name lower case with underscores, unit last, such as {@code rookery_messages_sent_total}
   * @param help a sentence
   * @param counter whether it only rises
   * @param labels names and values; never an address, a name or content
   */
  record Sample(
      String name, String help, boolean counter, Map<String, String> labels, double value) {

    /** Copies the labels. */
    public Sample {
      labels = Map.copyOf(labels);
    }
  }
}
