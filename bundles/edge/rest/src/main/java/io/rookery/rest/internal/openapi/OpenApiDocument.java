// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.json.Json;
import io.rookery.rest.internal.problem.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Describes the resources that are there now; made anew when they change. Thread-safe. */
public final class OpenApiDocument {

  private final Supplier<Collection<RestResource>> resources;
  private Set<Class<?>> described = Set.of();
  private byte[] json = new byte[0];

  /** Describes what the supplier gives. */
  public OpenApiDocument(Supplier<Collection<RestResource>> resources) {
    this.resources = resources;
  }

  /** Returns the document as JSON. */
  synchronized byte[] json() {
    Set<Class<?>> present =
        resources.get().stream().map(Object::getClass).collect(Collectors.toSet());
    if (!present.equals(described)) {
      json = withOwnLoader(() -> write(describe(present)));
      described = present;
    }
    return json.clone();
  }

  /** The library finds its parts by the thread's class loader. */
  private static byte[] withOwnLoader(Supplier<byte[]> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(OpenApiDocument.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static byte[] write(OpenAPI document) {
    try {
      return Json31.mapper().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The API cannot be described", e);
    }
  }

  static OpenAPI describe(Set<Class<?>> classes) {
    OpenAPI whole = skeleton();
    List<Class<?>> ordered =
        classes.stream()
            .filter(c -> !c.isAnnotationPresent(Hidden.class))
            .sorted(Comparator.comparing(c -> c.getAnnotation(Address.class).value()))
            .toList();
    for (Class<?> type : ordered) {
      merge(whole, read(type));
      Operations.complete(whole, type);
    }
    Links.complete(whole);
    Schemas.complete(whole);
    return whole;
  }

  private static OpenAPI read(Class<?> type) {
    OpenAPI empty = new OpenAPI(SpecVersion.V31).components(new Components()).paths(new Paths());
    SwaggerConfiguration configuration =
        new SwaggerConfiguration().openAPI(empty).openAPI31(true).readAllResources(false);
    String address = type.getAnnotation(Address.class).value();
    return new Reader(configuration).read(type, address, null, false, null, null, null, null, null);
  }

  private static void merge(OpenAPI whole, OpenAPI part) {
    if (part.getPaths() != null) {
      part.getPaths().forEach((path, item) -> whole.getPaths().addPathItem(trim(path), item));
    }
    if (part.getComponents() != null && part.getComponents().getSchemas() != null) {
      part.getComponents().getSchemas().forEach(whole.getComponents()::addSchemas);
    }
  }

  private static String trim(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static OpenAPI skeleton() {
    SecurityScheme bearer =
        new SecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .description("An API key, rky_live_… or rky_test_…, or an access token, rky_access_…");
    OpenAPI whole =
        new OpenAPI(SpecVersion.V31)
            .openapi("3.1.0")
            .info(
                new Info()
                    .title("Rookery")
                    .version("1")
                    .description("Multi-tenant e-mail outreach. Every object belongs to a tenant.")
                    .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
            .paths(new Paths())
            .components(new Components().addSecuritySchemes("key", bearer));
    converters();
    ResolvedSchema problem =
        ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(Problem.class));
    problem.referencedSchemas.forEach(whole.getComponents()::addSchemas);
    return whole;
  }

  /** Has names and enums described as they are written. */
  private static void converters() {
    ModelConverters converters = ModelConverters.getInstance(true);
    if (converters.getConverters().stream().noneMatch(SnakeCase.class::isInstance)) {
      converters.addConverter(new SnakeCase());
    }
  }

  private static final class SnakeCase extends ModelResolver {
    SnakeCase() {
      super(Json.mapper());
      openapi31(true);
    }
  }
}
