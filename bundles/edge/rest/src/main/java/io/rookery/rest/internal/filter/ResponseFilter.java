// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.tenancy.Authenticator.Allowance;
import io.rookery.rest.internal.door.AnswerHeaders;
import io.rookery.rest.internal.dto.Identified;
import io.rookery.rest.internal.dto.Versioned;
import io.rookery.rest.internal.metrics.RequestTimers;
import java.lang.reflect.Method;
import java.time.Duration;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.core.MultivaluedMap;

/** Adds the headers that every answer carries and takes its time. */
public final class ResponseFilter implements ContainerResponseFilter {

  private final RequestTimers timers;

  /** Reports to the timers how long each request took. */
  public ResponseFilter(RequestTimers timers) {
    this.timers = timers;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    LargeBodies.Place place = Exchanges.property(Exchanges.LARGE_BODY, LargeBodies.Place.class);
    if (place != null) {
      place.close();
    }
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("Request-Id", Exchanges.requestId());
    addSecurity(headers);
    addAllowance(headers, Exchanges.property(Exchanges.ALLOWANCE, Allowance.class));
    if (response.getStatus() == 200) {
      addResult(response);
    }
    Long started = Exchanges.property(Exchanges.STARTED, Long.class);
    if (started != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      timers.record(request.getMethod(), Exchanges.route(), response.getStatus(), took);
    }
  }

  private static void addResult(ContainerResponseContext response) {
    Method method = Exchanges.method();
    Answers answers = method == null ? null : method.getAnnotation(Answers.class);
    if (answers != null) {
      response.setStatus(answers.value());
      if (response.getEntity() instanceof Identified made && !answers.location().isEmpty()) {
        response.getHeaders().putSingle("Location", answers.location() + made.id());
      }
    }
    if (response.getEntity() instanceof Versioned versioned) {
      response.getHeaders().putSingle("ETag", "\"" + versioned.version() + "\"");
    }
  }

  private static void addAllowance(MultivaluedMap<String, Object> headers, Allowance left) {
    if (left != null) {
      headers.putSingle("RateLimit-Policy", "\"default\";q=" + left.quota() + ";w=60");
      headers.putSingle(
          "RateLimit", "\"default\";r=" + left.remaining() + ";t=" + left.resetSeconds());
    }
  }

  /** Those of the door, once more: it stands before a container, and resources have their own. */
  private static void addSecurity(MultivaluedMap<String, Object> headers) {
    AnswerHeaders.each((name, value) -> putAbsent(headers, name, value));
  }

  private static void putAbsent(MultivaluedMap<String, Object> headers, String name, String value) {
    if (!headers.containsKey(name)) {
      headers.putSingle(name, value);
    }
  }
}
