// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A service that answers as told and remembers how it was called. */
final class Fake<T> {

  private final Class<T> type;
  private final Map<String, Function<Object[], Object>> answers = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();

  private Fake(Class<T> type) {
    this.type = type;
  }

  static <T> Fake<T> of(Class<T> type) {
    return new Fake<>(type);
  }

  Fake<T> on(String method, Function<Object[], Object> answer) {
    answers.put(method, answer);
    return this;
  }

  /** The methods called so far, in order. */
  List<String> calls() {
    return calls;
  }

  T service() {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
              }
              calls.add(method.getName());
              Function<Object[], Object> answer = answers.get(method.getName());
              if (answer == null) {
                throw new AssertionError("Not expected: " + method);
              }
              return answer.apply(arguments);
            }));
  }
}
