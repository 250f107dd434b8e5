// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.dto.Versioned;
import io.rookery.rest.internal.filter.Access;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.LargeBody;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.HttpMethod;

/** Adds to the operations of a resource what its annotations say and every answer has. */
final class Operations {

  /** What {@code BodyFilter} takes: visible ASCII, or that in quotes (RFC 8941 §3.3.3). */
  private static final String KEY = "^([!#-~][!-~]{0,254}|\"[!#-\\[\\]-~]{1,255}\")$";

  /** What {@code IfMatch} reads besides {@code *}: one entity tag (RFC 9110 §8.8.3). */
  private static final String ENTITY_TAG = "^(W/)?\"[!#-~]*\"$";

  private Operations() {}

  static void complete(OpenAPI whole, Class<?> type) {
    String address = type.getAnnotation(Address.class).value();
    String tag = address.substring(address.lastIndexOf('/') + 1);
    for (PathItem item : whole.getPaths().values()) {
      item.readOperationsMap().forEach((verb, operation) -> complete(type, tag, verb, operation));
    }
  }

  private static void complete(
      Class<?> type, String tag, PathItem.HttpMethod verb, Operation operation) {
    Optional<Method> method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(m -> m.getName().equals(operation.getOperationId()) && isOperation(m))
            .findFirst();
    if (method.isEmpty()) {
      return;
    }
    operation.setTags(List.of(tag));
    Access access = Access.of(method.get()).orElseThrow();
    if (!access.open()) {
      secure(operation, access);
    }
    describeIfMatch(operation);
    if (verb == PathItem.HttpMethod.POST && !access.open()) {
      operation.addParametersItem(idempotencyKey());
    }
    if (method.get().isAnnotationPresent(LargeBody.class)) {
      operation.setRequestBody(csv());
    } else if (verb == PathItem.HttpMethod.GET || verb == PathItem.HttpMethod.DELETE) {
      operation.setRequestBody(null);
    } else if (operation.getRequestBody() != null) {
      operation.getRequestBody().setRequired(true);
    }
    if (Arrays.asList(method.get().getParameterTypes()).contains(PageParams.class)) {
      operation.addParametersItem(limit());
      operation.addParametersItem(cursor());
    }
    operation.setResponses(responses(method.get(), operation.getResponses(), access));
  }

  private static boolean isOperation(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class));
  }

  private static void secure(Operation operation, Access access) {
    String scope = access.scope() == null ? null : access.scope().wire();
    List<SecurityRequirement> requirements = new ArrayList<>();
    requirements.add(
        new SecurityRequirement().addList("key", scope == null ? List.of() : List.of(scope)));
    for (Scope other : access.others()) {
      requirements.add(new SecurityRequirement().addList("key", List.of(other.wire())));
    }
    operation.setSecurity(requirements);
    operation.addExtension("x-scope", scope == null ? "any" : scope);
    if (access.operator()) {
      operation.addExtension("x-operator", true);
    }
    if (access.person()) {
      operation.addExtension("x-person", true);
    }
  }

  private static void describeIfMatch(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(p -> "If-Match".equals(p.getName()))
          .forEach(
              p ->
                  p.description("The ETag of the version that is to be changed; * for any")
                      .schema(anyOrTag()));
    }
  }

  /** Told apart, not as one pattern: who makes requests from it finds what always matches. */
  private static Schema<?> anyOrTag() {
    Schema<Object> any = new Schema<>();
    any.addEnumItemObject("*");
    Schema<?> either = string();
    either.addAnyOfItem(any);
    either.addAnyOfItem(new Schema<>().pattern(ENTITY_TAG));
    return either;
  }

  private static Parameter idempotencyKey() {
    return new Parameter()
        .in("header")
        .name("Idempotency-Key")
        .description("Repeating the request with the same key within 24 hours does it once")
        .schema(string().maxLength(257).pattern(KEY));
  }

  private static Parameter limit() {
    Schema<?> number = new Schema<>();
    number.addType("integer");
    number.minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(500)).setDefault(50);
    return new Parameter()
        .in("query")
        .name("limit")
        .description("How many items at most")
        .schema(number);
  }

  private static Parameter cursor() {
    return new Parameter()
        .in("query")
        .name("cursor")
        .description("The next_cursor of the stretch before")
        .schema(string());
  }

  private static RequestBody csv() {
    return new RequestBody()
        .required(true)
        .content(new Content().addMediaType("text/csv", new MediaType().schema(string())));
  }

  private static ApiResponses responses(Method method, ApiResponses read, Access access) {
    Answers answers = method.getAnnotation(Answers.class);
    boolean nothing = method.getReturnType() == void.class;
    int status = answers != null ? answers.value() : nothing ? 204 : 200;
    ApiResponses said = read == null ? new ApiResponses() : read;
    ApiResponse success = said.getOrDefault(String.valueOf(status), said.getDefault());
    success = success == null ? new ApiResponse() : success;
    if (success.getDescription() == null || success == said.getDefault()) {
      success.setDescription(nothing ? "Done" : "Success");
    }
    if (nothing) {
      success.setContent(null);
    }
    if (success.getContent() != null) {
      success.getContent().keySet().removeIf(type -> type.startsWith("*"));
    }
    headers(success, method, answers, access);
    ApiResponses all = new ApiResponses();
    all.addApiResponse(String.valueOf(status), success);
    said.forEach(all::putIfAbsent);
    all.addApiResponse("default", problem());
    return all;
  }

  private static void headers(ApiResponse success, Method method, Answers answers, Access access) {
    success.addHeaderObject("Request-Id", header("The id of the request"));
    if (!access.open()) {
      success.addHeaderObject("RateLimit-Policy", header("Quota and window of the key"));
      success.addHeaderObject("RateLimit", header("What is left of the quota"));
    }
    if (answers != null && !answers.location().isEmpty()) {
      success.addHeaderObject("Location", header("Where the object is"));
    }
    if (Versioned.class.isAssignableFrom(method.getReturnType())) {
      success.addHeaderObject("ETag", header("The version, for If-Match"));
    }
  }

  private static ApiResponse problem() {
    MediaType json = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
    return new ApiResponse()
        .description("A problem (RFC 9457)")
        .content(new Content().addMediaType("application/problem+json", json))
        .headers(Map.of("Request-Id", header("The id of the request")));
  }

  private static Header header(String description) {
    return new Header().description(description).schema(string());
  }

  private static Schema<?> string() {
    Schema<?> schema = new Schema<>();
    schema.addType("string");
    return schema;
  }
}
