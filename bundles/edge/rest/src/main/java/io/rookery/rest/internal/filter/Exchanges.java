// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.rest.internal.Address;
import java.lang.reflect.Method;
import org.apache.cxf.jaxrs.model.OperationResourceInfo;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;

/** What is kept with a request while it is answered. */
public final class Exchanges {

  /** The id of the request, a string. */
  public static final String REQUEST_ID = "io.rookery.rest.request_id";

  /** The {@link Call}. */
  public static final String CALL = "io.rookery.rest.call";

  /** What is left of the key's allowance. */
  static final String ALLOWANCE = "io.rookery.rest.allowance";

  /** The place of a large body, to be given back. */
  static final String LARGE_BODY = "io.rookery.rest.large_body";

  /** When the request came, by {@link System#nanoTime}. */
  static final String STARTED = "io.rookery.rest.started";

  private Exchanges() {}

  /** Returns a property of the request that a message belongs to, or null. */
  public static <T> T property(Message message, String name, Class<T> type) {
    Object value = message == null ? null : message.getExchange().get(name);
    return type.isInstance(value) ? type.cast(value) : null;
  }

  /** Returns a property of the request that the present thread works on, or null. */
  public static <T> T property(String name, Class<T> type) {
    return property(PhaseInterceptorChain.getCurrentMessage(), name, type);
  }

  /** Keeps a property with the request that the present thread works on. */
  static void keep(String name, Object value) {
    PhaseInterceptorChain.getCurrentMessage().getExchange().put(name, value);
  }

  /** Returns the resource method that was chosen, or null where none was. */
  public static Method method() {
    OperationResourceInfo operation = operation();
    return operation == null ? null : operation.getAnnotatedMethod();
  }

  /** Returns the template of the matched path, or {@code unmatched}; never holds a value. */
  public static String route() {
    OperationResourceInfo operation = operation();
    if (operation == null) {
      return "unmatched";
    }
    Address address =
        operation.getClassResourceInfo().getServiceClass().getAnnotation(Address.class);
    String base = address == null ? "" : address.value();
    return (base + operation.getURITemplate().getValue()).replaceAll("(?<=.)/+$", "");
  }

  private static OperationResourceInfo operation() {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    return message == null ? null : message.getExchange().get(OperationResourceInfo.class);
  }
}
