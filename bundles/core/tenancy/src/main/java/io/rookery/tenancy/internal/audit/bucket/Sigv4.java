// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import io.rookery.spi.plugin.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to an object store (AWS Signature Version 4, "Authenticating Requests: Using the
 * Authorization Header"). Knows nothing of who sends them.
 *
 * @param region such as {@code eu-central-1}
 * @param accessKey the name of the key, which is no secret
 */
record Sigv4(String region, String accessKey) {

  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SERVICE = "s3";

  /**
   * What is asked for.
   *
   * @param path with slashes, each part as it is before any escaping
   * @param headers names in lower case, {@code host}, {@code x-amz-date} and {@code
   *     x-amz-content-sha256} among them; all are signed
   */
  record Asked(
      String method,
      String path,
      SortedMap<String, String> query,
      SortedMap<String, String> headers) {}

  /** Returns the value of Authorization. */
  String sign(Asked asked, Secret secretKey, Instant now) {
    String time = TIME.format(now);
    String scope = String.join("/", time.substring(0, 8), region, SERVICE, "aws4_request");
    String signed = String.join(";", asked.headers().keySet());
    String text =
        String.join("\n", ALGORITHM, time, scope, hex(sha256(bytes(canonical(asked, signed)))));
    byte[] key = bytes("AWS4" + secretKey.reveal());
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
        .formatted(ALGORITHM, accessKey, scope, signed, hex(hmac(key, text)));
  }

  private static String canonical(Asked asked, String signed) {
    String headers =
        asked.headers().entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        asked.method(),
        path(asked.path()),
        query(asked.query()),
        headers,
        signed,
        asked.headers().get("x-amz-content-sha256"));
  }

  /** Returns a path as it is sent. */
  static String path(String path) {
    return escape(path).replace("%2F", "/");
  }

  /** Returns a query as it is sent. */
  static String query(SortedMap<String, String> query) {
    return query.entrySet().stream().map(Sigv4::pair).collect(Collectors.joining("&"));
  }

  private static String pair(Map.Entry<String, String> parameter) {
    return escape(parameter.getKey()) + "=" + escape(parameter.getValue());
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
