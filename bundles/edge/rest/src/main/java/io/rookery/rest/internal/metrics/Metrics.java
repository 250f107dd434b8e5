// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.metrics;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rookery.api.monitoring.MetricSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The figures of this node: the JVM's, those of requests, and what every {@link MetricSource}
 * gives.
 */
@Component(service = {Metrics.class, RequestTimers.class})
public final class Metrics implements RequestTimers {

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();

  /** Requests that are counted together. */
  private record Answered(String method, String route, int status) {}

  /** Begins with the figures of the JVM. */
  @Activate
  public Metrics() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    registry.getPrometheusRegistry().register(new SourceCollector(sources));
  }

  /** Adds a source. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bind(MetricSource source) {
    sources.add(source);
  }

  /** Takes a source away. */
  public void unbind(MetricSource source) {
    sources.remove(source);
  }

  @Override
  public void record(String method, String route, int status, Duration took) {
    timers.computeIfAbsent(new Answered(method, route, status), this::timer).record(took);
  }

  private Timer timer(Answered requests) {
    return Timer.builder("rookery.http.requests")
        .description("Requests by route")
        .tags("method", requests.method(), "route", requests.route())
        .tag("status", Integer.toString(requests.status()))
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  /** Returns all figures in Prometheus' text format 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }

  /** Lets go of the JVM. */
  @Deactivate
  public void close() {
    collections.close();
    registry.close();
  }
}
