// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.monitoring.MetricSource.Sample;
import io.rookery.rest.internal.door.AnswerHeaders;
import io.rookery.rest.internal.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsListenerTest {

  @Test
  void figuresShouldComeFromTheJvmRequestsAndSources() throws Exception {
    Metrics metrics = new Metrics();
    MetricsListener listener =
        new MetricsListener(metrics, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    metrics.bind(
        () ->
            List.of(
                new Sample("rookery_messages_sent_total", "Sent", true, Map.of("backend", "a"), 3),
                new Sample("rookery_messages_sent_total", "Sent", true, Map.of("backend", "b"), 4),
                new Sample("rookery_slots_free", "Free", false, Map.of(), 64)));
    metrics.bind(
        () -> {
          throw new IllegalStateException("This source is broken");
        });
    metrics.record("GET", "/api/v1/contacts/{id}", 200, Duration.ofMillis(3));
    String figures = get(listener, "/metrics").body();
    assertThat(figures)
        .contains("rookery_messages_sent_total{backend=\"a\"} 3.0")
        .contains("rookery_messages_sent_total{backend=\"b\"} 4.0")
        .contains("rookery_slots_free 64.0")
        .contains("route=\"/api/v1/contacts/{id}\"")
        .contains("jvm_memory_used_bytes");
    HttpResponse<String> other = get(listener, "/other");
    assertThat(other.statusCode()).isEqualTo(404);
    AnswerHeaders.each(
        (name, value) -> assertThat(other.headers().firstValue(name)).contains(value));
    listener.close();
    metrics.close();
  }

  private static HttpResponse<String> get(MetricsListener listener, String path) throws Exception {
    URI uri = URI.create("http://localhost:" + listener.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
