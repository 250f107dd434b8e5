// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;

/**
 * Refuses what the API would else overlook: a query parameter that an operation does not have, a
 * misspelt filter say, and text that is no UTF-8 in percent-encoding (RFC 3986 §2.1). Links and
 * pages take whatever mail programs and providers hang on them. Works after the key was checked, so
 * that nobody else learns what there is; a request without a query costs nothing.
 */
@Priority(210)
public final class QueryFilter implements ContainerRequestFilter {

  private static final String API = "/api/v1/";

  private final Map<Method, QueryNames> known = new ConcurrentHashMap<>();

  @Override
  public void filter(ContainerRequestContext request) {
    String query = Exchanges.query();
    Method method = query == null || query.isEmpty() ? null : Exchanges.method();
    if (method == null || !strict(method.getDeclaringClass())) {
      return;
    }
    QueryNames names = known.computeIfAbsent(method, QueryNames::of);
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        check(pair, names);
      }
    }
  }

  private static boolean strict(Class<?> resource) {
    Address address = resource.getAnnotation(Address.class);
    return address != null && address.value().startsWith(API);
  }

  private static void check(String pair, QueryNames names) {
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    decoded(pair.substring(equals + 1));
    if (!names.know(name)) {
      throw refused("There is no such query parameter; " + names.told());
    }
  }

  /** Decodes as forms do; the answer never repeats what was sent. */
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        bytes[length++] = (byte) (hex(bytes, i + 1) << 4 | hex(bytes, i + 2));
        i += 2;
      } else {
        bytes[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    try {
      ByteBuffer plain = ByteBuffer.wrap(bytes, 0, length);
      return StandardCharsets.UTF_8.newDecoder().decode(plain).toString();
    } catch (CharacterCodingException e) {
      throw refused("The query is no UTF-8");
    }
  }

  private static int hex(byte[] bytes, int at) {
    int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
    if (digit < 0) {
      throw refused("A percent sign in the query takes two hexadecimal digits");
    }
    return digit;
  }

  private static RookeryException refused(String detail) {
    return new RookeryException(CommonErrors.INVALID_REQUEST, detail);
  }
}
