// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Operation.Access;
import io.rookery.itests.isolation.Owner;
import io.rookery.itests.isolation.Person;
import io.rookery.itests.isolation.PersonRecipes;
import io.rookery.itests.isolation.Recipe;
import io.rookery.itests.isolation.Recipes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Serves requests that succeed, prepared by an owner's recipes: {@code ?operation=GET /path} is
 * answered with the values of its path, its query and its body.
 */
public final class Supplier implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final int THREADS = 4;

  private final Map<String, Operation> operations;
  private final Owner owner;
  private final OpenRequests open;
  private final Recipes recipes = new Recipes();
  private final PersonRecipes people = new PersonRecipes();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer server;

  private Supplier(List<Operation> operations, Owner owner, OpenRequests open) throws IOException {
    this.operations =
        operations.stream().collect(Collectors.toMap(Operation::key, Function.identity()));
    this.owner = owner;
    this.open = open;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  }

  /** Starts to serve what an owner does, and what anybody does who has a token. */
  public static Supplier start(List<Operation> operations, Owner owner, OpenRequests open)
      throws IOException {
    Supplier supplier = new Supplier(operations, owner, open);
    supplier.server.setExecutor(supplier.threads);
    supplier.server.createContext("/", supplier::answer);
    supplier.server.start();
    return supplier;
  }

  /** Returns where it answers. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body;
    int status;
    try {
      body = JSON.writeValueAsBytes(prepared(operation(exchange)));
      status = 200;
    } catch (Exception e) { // Whatever it was, the run goes on without.
      body = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
      status = 404;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String operation(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
  }

  private Prepared prepared(String key) throws Exception {
    Operation operation = operations.get(key);
    if (operation != null && operation.access() == Access.PERSON) {
      Person person = owner.person();
      Map<String, String> headers = Map.of("Authorization", "Bearer " + person.token());
      return prepared(people.prepare(operation, person), headers);
    }
    Recipe recipe = operation == null ? null : recipes.of(operation);
    if (recipe == null) {
      return open.prepare(key);
    }
    return prepared(recipe.prepare(operation, owner), Map.of());
  }

  private static Prepared prepared(Call call, Map<String, String> headers) {
    String type = call.body() instanceof String ? "text/csv" : "application/json";
    return new Prepared(path(call), call.query(), headers, call.body(), type);
  }

  private static Map<String, String> path(Call call) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(call.template());
    for (int i = 0; parameter.find(); i++) {
      values.put(parameter.group(1), call.ids().get(i));
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
