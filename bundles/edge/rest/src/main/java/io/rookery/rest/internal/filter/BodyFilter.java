// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;

/**
 * Reads a body up to its limit, whatever its framing says and after any compression, and takes the
 * Idempotency-Key of a POST with the fingerprint of what was sent.
 */
@Priority(300)
public final class BodyFilter implements ContainerRequestFilter {

  private final BodyLimits limits;
  private final LargeBodies places;
  private final UnhurriedBody patient = new UnhurriedBody(System::nanoTime);

  /** Limits bodies. */
  public BodyFilter(BodyLimits limits) {
    this(limits, new LargeBodies(limits.largeJson()));
  }

  BodyFilter(BodyLimits limits, LargeBodies places) {
    this.limits = limits;
    this.places = places;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    boolean upload = marked(LargeBody.class);
    int allowed = marked(LargeJson.class) ? limits.largeJson() : limits.json();
    long most = upload ? limits.upload() : allowed;
    if (declaredLength(request) > most) {
      throw tooLarge(most);
    }
    byte[] body = upload ? new byte[0] : read(request, allowed);
    if (upload) {
      request.setEntityStream(
          new LimitedStream(request.getEntityStream(), limits.upload(), System::nanoTime));
    }
    if (request.getMethod().equals("POST")) {
      takeKey(request, body);
    }
  }

  private static boolean marked(Class<? extends Annotation> mark) {
    Method method = Exchanges.method();
    return method != null && method.isAnnotationPresent(mark);
  }

  private byte[] read(ContainerRequestContext request, int allowed) throws IOException {
    InputStream stream = request.getEntityStream();
    if (stream == null) {
      return new byte[0];
    }
    byte[] body = patient.read(new byte[0], stream, Math.min(allowed, limits.json()) + 1);
    if (body.length > limits.json() && allowed > limits.json()) {
      // Given back with the answer, whatever that is; by LargeBodies where none comes about.
      Exchanges.keep(Exchanges.LARGE_BODY, places.take());
      body = patient.read(body, stream, allowed + 1);
    }
    if (body.length > allowed) {
      throw tooLarge(allowed);
    }
    request.setEntityStream(new ByteArrayInputStream(body));
    return body;
  }

  private static void takeKey(ContainerRequestContext request, byte[] body) {
    String header = request.getHeaderString("Idempotency-Key");
    Call call = Exchanges.property(Exchanges.CALL, Call.class);
    if (header == null || call == null) {
      return;
    }
    IdempotencyKey key = new IdempotencyKey(parse(header), fingerprint(request, call, body));
    Exchanges.keep(Exchanges.CALL, new Call(call.caller(), call.context().with(key)));
  }

  /** Reads a key as a structured string (RFC 8941 §3.3.3) or as it stands. */
  static String parse(String header) {
    String text = header.strip();
    boolean quoted = text.startsWith("\"");
    if (quoted && (text.length() < 2 || !text.endsWith("\""))) {
      throw invalidKey();
    }
    String key =
        quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\([\\\\\"])", "$1") : text;
    if (key.isEmpty() || key.length() > 255 || !key.matches("[\\x21-\\x7e]+")) {
      throw invalidKey();
    }
    return key;
  }

  private static RookeryException invalidKey() {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST,
        "An Idempotency-Key has 1 to 255 visible ASCII characters, in quotes or without");
  }

  /** Whoever sees less is not answered what somebody was who sees more. */
  private static String seen(Call call) {
    return call.context().restricted()
        ? call.context().workspaces().stream().sorted().toList() + "\n"
        : "";
  }

  private static String fingerprint(ContainerRequestContext request, Call call, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String line = request.getMethod() + " " + request.getUriInfo().getRequestUri().getRawPath();
      String query = request.getUriInfo().getRequestUri().getRawQuery();
      String head = line + "?" + query + "\n" + declaredLength(request) + "\n" + seen(call);
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static long declaredLength(ContainerRequestContext request) {
    String header = request.getHeaderString("Content-Length");
    try {
      return header == null ? -1 : Long.parseLong(header.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static RookeryException tooLarge(long limit) {
    return new RookeryException(
        CommonErrors.TOO_LARGE, "The request body is larger than " + limit + " bytes");
  }
}
