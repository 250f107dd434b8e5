// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Owner;
import io.rookery.itests.isolation.Recipe;
import io.rookery.itests.isolation.Recipes;
import io.rookery.itests.isolation.ServedApi;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every served operation, rightly, with a key that nobody has, and with half a body. */
final class Walk {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Doors doors;

  Walk(Doors doors) {
    this.doors = doors;
  }

  /** Returns how many operations were asked for. */
  int enter() throws Exception {
    Owner owner = doors.operator().side().owner();
    Recipes recipes = new Recipes();
    List<Operation> operations =
        ServedApi.read(doors.rookery().root()).operations().stream()
            .sorted(Comparator.comparing(o -> o.method().equals("DELETE")))
            .toList();
    for (Operation operation : operations) {
      Recipe recipe = recipes.of(operation);
      Call call =
          recipe == null ? Call.get(operation.template()) : recipe.prepare(operation, owner);
      String body = body(call);
      String unknown = doors.marks().plain("unknown key at " + operation.key(), "rky_live_");
      doors.talk().ask(ask(operation, call, unknown, body));
      if (body != null) {
        doors.talk().ask(ask(operation, call, doors.key(), body.substring(0, body.length() - 1)));
      }
      if (recipe != null) {
        doors.talk().ask(ask(operation, call, doors.key(), body));
      }
    }
    return operations.size();
  }

  private static Talk.Ask ask(Operation operation, Call call, String key, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + key);
    headers.put("Content-Type", call.body() instanceof String ? "text/csv" : "application/json");
    return new Talk.Ask(
        operation.method(), call.path().replace("{", "%7B").replace("}", "%7D"), headers, body);
  }

  private static String body(Call call) throws IOException {
    if (call.body() == null || call.body() instanceof String) {
      return (String) call.body();
    }
    return JSON.writeValueAsString(call.body());
  }
}
