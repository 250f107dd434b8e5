// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.ws.rs.HttpMethod;

/** Finds every resource of the bundle, so that none escapes the tests. */
final class ResourceClasses {

  private ResourceClasses() {}

  static Set<Class<?>> all() throws IOException, URISyntaxException {
    Path root =
        Path.of(RestResource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root.resolve("io/rookery/rest/internal"))) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith("Resource.class"))
          .map(name -> load(name.replace(".class", "").replace('/', '.')))
          .filter(type -> RestResource.class.isAssignableFrom(type) && !type.isInterface())
          .collect(Collectors.toSet());
    }
  }

  static Stream<Method> operations(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(
            method ->
                Arrays.stream(method.getAnnotations())
                    .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
