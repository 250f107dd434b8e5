// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.audit.bucket.Sigv4.Asked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Puts, gets and lists objects of one bucket. The operator named its address, so it is spoken to
 * without asking the egress guard; redirects are not followed. Whatever is refused or cannot be
 * reached is an {@link IOException}. Thread-safe.
 */
final class ObjectStore {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int LARGEST = 16 << 20;

  private final Bucket bucket;
  private final Sigv4 signer;
  private final Supplier<Secret> secretKey;
  private final Clock clock;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  ObjectStore(Bucket bucket, Supplier<Secret> secretKey, Clock clock) {
    this(bucket, secretKey, clock, ANSWER);
  }

  ObjectStore(Bucket bucket, Supplier<Secret> secretKey, Clock clock, Duration patience) {
    this.bucket = bucket;
    this.signer = new Sigv4(bucket.region(), bucket.accessKey());
    this.secretKey = secretKey;
    this.clock = clock;
    this.patience = patience;
  }

  /** Adds an object. */
  void put(String name, byte[] content) throws IOException {
    Instant now = clock.instant();
    Map<String, String> more = new TreeMap<>();
    // A store that locks objects wants a checksum of each.
    more.put("x-amz-checksum-sha256", Base64.getEncoder().encodeToString(Sigv4.sha256(content)));
    if (bucket.lock() != null) {
      Instant until = now.plus(bucket.lock().time()).truncatedTo(ChronoUnit.SECONDS);
      more.put("x-amz-object-lock-mode", bucket.lock().mode());
      more.put("x-amz-object-lock-retain-until-date", until.toString());
    }
    send("PUT", "/" + name, new TreeMap<>(), more, content, now);
  }

  /** Returns an object. */
  byte[] get(String name) throws IOException {
    return send("GET", "/" + name, new TreeMap<>(), Map.of(), new byte[0], clock.instant());
  }

  /** Returns names in their order, after a token of the page before or null. */
  Listed list(String prefix, String token) throws IOException {
    SortedMap<String, String> query = new TreeMap<>();
    query.put("list-type", "2");
    query.put("prefix", prefix);
    if (token != null) {
      query.put("continuation-token", token);
    }
    return Listed.read(send("GET", "", query, Map.of(), new byte[0], clock.instant()));
  }

  private byte[] send(
      String method,
      String name,
      SortedMap<String, String> query,
      Map<String, String> more,
      byte[] content,
      Instant now)
      throws IOException {
    String path = bucket.address().getPath().replaceAll("/+$", "") + name;
    SortedMap<String, String> headers = new TreeMap<>(more);
    headers.put("host", bucket.host());
    headers.put("x-amz-date", Sigv4.TIME.format(now));
    headers.put("x-amz-content-sha256", Sigv4.hex(Sigv4.sha256(content)));
    Asked asked = new Asked(method, path, query, headers);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target(path, query))
            .header("Authorization", signer.sign(asked, secretKey.get(), now))
            .method(
                method,
                method.equals("PUT")
                    ? BodyPublishers.ofByteArray(content)
                    : BodyPublishers.noBody());
    headers.forEach(
        (header, value) -> {
          if (!header.equals("host")) {
            request.header(header, value);
          }
        });
    return answer(request.build());
  }

  private URI target(String path, SortedMap<String, String> query) {
    String rest = query.isEmpty() ? "" : "?" + Sigv4.query(query);
    return URI.create(
        bucket.address().getScheme() + "://" + bucket.host() + Sigv4.path(path) + rest);
  }

  /**
   * A peer's words are not passed on: they may hold what we sent. The time is that of the whole
   * answer; Java's own ends with the headers.
   */
  private byte[] answer(HttpRequest request) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(some -> keep(content, some))));
    try {
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status != 200) {
        throw new RefusedException(request.method(), status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the object store was asked", e);
    } catch (TimeoutException e) {
      throw new IOException("The object store's answer was not whole within " + patience, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
    if (content.size() > LARGEST) {
      throw new IOException("The object store answers with more than " + LARGEST + " bytes");
    }
    return content.toByteArray();
  }

  private static void keep(ByteArrayOutputStream content, byte[] part) {
    if (content.size() <= LARGEST) {
      content.write(part, 0, part.length);
    }
  }

  /** The store answers with another status than 200. */
  static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(String method, int status) {
      super("The object store answers " + method + " with " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
