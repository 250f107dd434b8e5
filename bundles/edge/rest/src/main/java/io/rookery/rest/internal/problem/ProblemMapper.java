// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

import io.rookery.rest.internal.filter.Exchanges;
import java.util.List;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;

/** The one place where an error becomes an answer: error, problem, steps in order. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final String MEDIA_TYPE = "application/problem+json";

  private final List<ProblemPostProcessor> steps;

  /** Names the request in each problem and logs it. */
  public ProblemMapper() {
    this(List.of(ProblemMapper::nameRequest, new ProblemLog()));
  }

  ProblemMapper(List<ProblemPostProcessor> steps) {
    this.steps = List.copyOf(steps);
  }

  @Override
  public Response toResponse(Throwable thrown) {
    Throwable error = Problems.cause(thrown);
    if (error instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
      return web.getResponse();
    }
    Problem problem = Problems.of(error);
    for (ProblemPostProcessor step : steps) {
      problem = step.process(problem, error);
    }
    return render(problem, error);
  }

  private static Problem nameRequest(Problem problem, Throwable error) {
    return problem.withRequestId(Exchanges.property(Exchanges.REQUEST_ID, String.class));
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
