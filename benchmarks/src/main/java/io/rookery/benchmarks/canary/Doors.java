// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;

/**
 * What all doors of a platform have in common.
 *
 * @param rookery the platform
 * @param operator the operator's tenant, with everything there is
 * @param talk keeps the answers
 * @param marks the secrets
 */
record Doors(RunningRookery rookery, Tenant operator, Talk talk, Marks marks) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static String json(Object... members) {
    try {
      return JSON.writeValueAsString(Rest.object(members));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  String key() {
    return operator.key();
  }

  /** Posts as the operator. */
  Talk.Answer post(String path, String body) throws Exception {
    return talk.ask("POST", "/api/v1/" + path, key(), body);
  }

  /** Posts what must be taken; returns the answer. */
  Talk.Answer made(String path, String body) throws Exception {
    return taken(post(path, body));
  }

  /** Returns an answer, which must be a success. */
  static Talk.Answer taken(Talk.Answer answer) {
    if (!answer.succeeded()) {
      throw new IllegalStateException(
          answer.to().method() + " " + answer.to().path() + " was answered with " + answer.body());
    }
    return answer;
  }
}
