// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.Uuids;
import io.rookery.rest.internal.Address;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.servlet.http.HttpServletRequest;
import org.apache.cxf.helpers.CastUtils;
import org.apache.cxf.jaxrs.model.OperationResourceInfo;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/** What is kept with a request while it is answered. */
public final class Exchanges {

  /** The id of the request, a string; made by {@link #requestId()}. */
  private static final String REQUEST_ID = "io.rookery.rest.request_id";

  /** The {@link Call}. */
  public static final String CALL = "io.rookery.rest.call";

  /** What is left of the key's allowance. */
  static final String ALLOWANCE = "io.rookery.rest.allowance";

  /** The place of a large body, to be given back. */
  static final String LARGE_BODY = "io.rookery.rest.large_body";

  /** When the request came, by {@link System#nanoTime}. */
  static final String STARTED = "io.rookery.rest.started";

  /** From where the request comes, an address. */
  private static final String SOURCE = "io.rookery.rest.source";

  private static final Pattern SENSIBLE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private Exchanges() {}

  /**
   * Returns the id of the request that the present thread works on: the client's own where it sent
   * a sensible one. The first who asks has it made, as a request may fail before any filter.
   */
  public static String requestId() {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    String kept = property(message, REQUEST_ID, String.class);
    if (kept != null) {
      return kept;
    }
    String given = header(message, "Request-Id");
    boolean usable = given != null && SENSIBLE.matcher(given).matches();
    String id = usable ? given : Uuids.next().toString();
    if (message != null) {
      message.getExchange().put(REQUEST_ID, id);
    }
    return id;
  }

  /** Keeps from where the request of the present thread comes. */
  static void keepSource(SourceAddresses addresses) {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    Object request = message.get(AbstractHTTPDestination.HTTP_REQUEST);
    String peer = request instanceof HttpServletRequest servlet ? servlet.getRemoteAddr() : null;
    InetAddress source = addresses.of(peer, values(message, "X-Forwarded-For"));
    if (source != null) {
      message.getExchange().put(SOURCE, source);
    }
  }

  /**
   * Returns the address from which the request of the present thread comes, seen through the
   * proxies that the operator trusts; null where it cannot be told.
   */
  public static InetAddress source() {
    return property(SOURCE, InetAddress.class);
  }

  /** Returns whether the client speaks TLS, with the container or with a trusted proxy. */
  public static boolean secure() {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    Object request =
        message == null
            ? null
            : message.getExchange().getInMessage().get(AbstractHTTPDestination.HTTP_REQUEST);
    return request instanceof HttpServletRequest servlet && servlet.isSecure();
  }

  private static String header(Message message, String name) {
    List<String> values = values(message, name);
    return values.isEmpty() ? null : String.join(",", values);
  }

  /** Returns all that was sent as a header, in whatever case it is written. */
  private static List<String> values(Message message, String name) {
    List<String> values = List.of();
    for (Map.Entry<String, List<String>> header : headers(message).entrySet()) {
      if (name.equalsIgnoreCase(header.getKey())) {
        values = values.isEmpty() ? header.getValue() : join(values, header.getValue());
      }
    }
    return values;
  }

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Takes a header away from the request, in whatever case it is written. */
  static void removeHeader(String name) {
    headers(PhaseInterceptorChain.getCurrentMessage()).keySet().removeIf(name::equalsIgnoreCase);
  }

  /** Returns the headers as CXF itself reads them; those of a request context may be a copy. */
  private static Map<String, List<String>> headers(Message message) {
    Message request = message == null ? null : message.getExchange().getInMessage();
    Object headers = request == null ? null : request.get(Message.PROTOCOL_HEADERS);
    return headers == null ? Map.of() : CastUtils.cast((Map<?, ?>) headers);
  }

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

  /** Returns the query of the request as it was sent, or null. */
  static String query() {
    Object query = PhaseInterceptorChain.getCurrentMessage().get(Message.QUERY_STRING);
    return query instanceof String text ? text : null;
  }

  /** Returns {@link #source()} as text. */
  public static String sourceText() {
    InetAddress source = source();
    return source == null ? null : source.getHostAddress();
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
    String route = base + operation.getURITemplate().getValue();
    int end = route.length();
    while (end > 1 && route.charAt(end - 1) == '/') {
      end--;
    }
    return route.substring(0, end);
  }

  /** Returns the method and the template of the matched path; never holds a value. */
  public static String operationName() {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    Message request = message == null ? null : message.getExchange().getInMessage();
    Object method = request == null ? null : request.get(Message.HTTP_REQUEST_METHOD);
    return (method == null ? "" : method + " ") + route();
  }

  private static OperationResourceInfo operation() {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    return message == null ? null : message.getExchange().get(OperationResourceInfo.class);
  }
}
