// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.ws.rs.BeanParam;
import javax.ws.rs.QueryParam;

/**
 * The query parameters that a method takes.
 *
 * @param names those it declares
 * @param prefixes beginnings of more
 */
public record QueryNames(Set<String> names, List<String> prefixes) {

  /** Reads the annotations of a method, of its parameters and of their fields. */
  public static QueryNames of(Method method) {
    Set<String> names =
        Arrays.stream(method.getParameters())
            .flatMap(QueryNames::names)
            .collect(Collectors.toCollection(TreeSet::new));
    QueryPrefixes more = method.getAnnotation(QueryPrefixes.class);
    return new QueryNames(names, more == null ? List.of() : List.of(more.value()));
  }

  private static Stream<String> names(Parameter parameter) {
    QueryParam single = parameter.getAnnotation(QueryParam.class);
    if (single != null) {
      return Stream.of(single.value());
    }
    return parameter.isAnnotationPresent(BeanParam.class)
        ? Arrays.stream(parameter.getType().getDeclaredFields())
            .map(field -> field.getAnnotation(QueryParam.class))
            .filter(QueryParam.class::isInstance)
            .map(QueryParam::value)
        : Stream.empty();
  }

  /** Returns whether a parameter of this name is read. */
  boolean know(String name) {
    return names.contains(name)
        || prefixes.stream().anyMatch(p -> name.length() > p.length() && name.startsWith(p));
  }

  /** Says which there are. */
  String told() {
    List<String> all =
        Stream.concat(names.stream(), prefixes.stream().map(prefix -> prefix + "*")).toList();
    return all.isEmpty() ? "there are none here" : "there are " + String.join(", ", all);
  }
}
