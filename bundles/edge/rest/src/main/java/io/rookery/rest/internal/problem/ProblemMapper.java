// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

import io.rookery.api.audit.RefusalRecorder;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.filter.Exchanges;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;

/** The one place where an error becomes an answer: error, problem, steps in order. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final String MEDIA_TYPE = "application/problem+json";

  private static final Duration STARTING = Duration.ofSeconds(2);

  private final List<ProblemPostProcessor> steps;
  private final BooleanSupplier complete;

  /**
   * Names the request in each problem, logs it and has refusals noted. While the API is not
   * complete an unknown address may be one that is about to open: it is answered with 503 and not
   * with 404.
   */
  public ProblemMapper(BooleanSupplier complete, Supplier<RefusalRecorder> refusals) {
    this(
        List.of(ProblemMapper::nameRequest, new ProblemLog(), new RefusalStep(refusals)), complete);
  }

  ProblemMapper(List<ProblemPostProcessor> steps, BooleanSupplier complete) {
    this.steps = List.copyOf(steps);
    this.complete = complete;
  }

  @Override
  public Response toResponse(Throwable thrown) {
    Throwable cause = Problems.cause(thrown);
    Throwable error =
        isUnknownAddress(cause) && !complete.getAsBoolean()
            ? RookeryException.unavailable("This node is still starting", STARTING, cause)
            : cause;
    if (error instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
      return web.getResponse();
    }
    Problem problem = Problems.of(error);
    for (ProblemPostProcessor step : steps) {
      problem = step.process(problem, error);
    }
    return render(problem, error);
  }

  private static boolean isUnknownAddress(Throwable error) {
    return error instanceof WebApplicationException web && web.getResponse().getStatus() == 404;
  }

  private static Problem nameRequest(Problem problem, Throwable error) {
    return problem.withRequestId(Exchanges.requestId());
  }

  private static Response render(Problem problem, Throwable error) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).entity(problem).type(MEDIA_TYPE);
    if (problem.retryAfterSeconds() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"rookery\"");
    }
    if (error instanceof WebApplicationException web) {
      String allow = web.getResponse().getHeaderString(HttpHeaders.ALLOW);
      answer.header(HttpHeaders.ALLOW, allow == null || allow.isEmpty() ? null : allow);
    }
    return answer.build();
  }
}
