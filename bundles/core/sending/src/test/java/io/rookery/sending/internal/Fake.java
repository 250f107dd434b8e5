// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes fakes of wide services of which a test needs a method or two; any other call fails the
 * test.
 */
public final class Fake {

  private Fake() {}

  /** Returns a service that answers the named methods. */
  public static <T> T of(Class<T> service, Map<String, Function<Object[], Object>> methods) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> {
              Function<Object[], Object> answer = methods.get(method.getName());
              if (answer == null) {
                throw new AssertionError("The test did not expect " + method);
              }
              return answer.apply(arguments);
            }));
  }
}
