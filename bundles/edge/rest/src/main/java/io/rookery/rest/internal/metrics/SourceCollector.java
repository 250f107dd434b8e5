// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.api.monitoring.MetricSource.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the sources when figures are asked for; one that fails is left out. */
final class SourceCollector implements MultiCollector {

  private static final Logger LOG = LoggerFactory.getLogger(SourceCollector.class);

  private final List<MetricSource> sources;

  SourceCollector(List<MetricSource> sources) {
    this.sources = sources;
  }

  @Override
  public MetricSnapshots collect() {
    Map<String, Map<Labels, Sample>> byName = new LinkedHashMap<>();
    sources.stream()
        .flatMap(SourceCollector::ask)
        .forEach(
            s -> byName.computeIfAbsent(s.name(), n -> new LinkedHashMap<>()).put(labels(s), s));
    return new MetricSnapshots(byName.values().stream().map(SourceCollector::snapshot).toList());
  }

  private static Stream<Sample> ask(MetricSource source) {
    try {
      return source.samples().stream();
    } catch (RuntimeException e) {
      LOG.warn("A source of figures failed: {}", source.getClass().getName(), e);
      return Stream.empty();
    }
  }

  private static MetricSnapshot snapshot(Map<Labels, Sample> samples) {
    Sample first = samples.values().iterator().next();
    return first.counter() ? counter(first, samples) : gauge(first, samples);
  }

  private static MetricSnapshot counter(Sample first, Map<Labels, Sample> samples) {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder().name(first.name().replaceAll("_total$", "")).help(first.help());
    samples.forEach(
        (labels, sample) ->
            builder.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value(sample.value())
                    .build()));
    return builder.build();
  }

  private static MetricSnapshot gauge(Sample first, Map<Labels, Sample> samples) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(first.name()).help(first.help());
    samples.forEach(
        (labels, sample) ->
            builder.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value(sample.value())
                    .build()));
    return builder.build();
  }

  private static Labels labels(Sample sample) {
    Labels.Builder builder = Labels.builder();
    sample.labels().forEach(builder::label);
    return builder.build();
  }
}
