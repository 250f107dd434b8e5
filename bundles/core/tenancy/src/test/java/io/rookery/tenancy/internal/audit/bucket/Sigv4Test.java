// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.audit.bucket.Sigv4.Asked;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The signatures that Amazon publishes as examples (S3 API Reference, "Signature Calculations for
 * the Authorization Header: Transferring Payload in a Single Chunk").
 */
class Sigv4Test {

  private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
  private static final Secret KEY = Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final Sigv4 SIGNER = new Sigv4("us-east-1", "AKIAIOSFODNN7EXAMPLE");
  private static final String HOST = "examplebucket.s3.amazonaws.com";

  private static TreeMap<String, String> headers(String body, Map<String, String> more) {
    TreeMap<String, String> headers = new TreeMap<>(more);
    headers.put("host", HOST);
    headers.put("x-amz-date", "20130524T000000Z");
    headers.put(
        "x-amz-content-sha256", Sigv4.hex(Sigv4.sha256(body.getBytes(StandardCharsets.UTF_8))));
    return headers;
  }

  private static String signature(
      String method, String path, Map<String, String> query, TreeMap<String, String> headers) {
    return SIGNER.sign(new Asked(method, path, new TreeMap<>(query), headers), KEY, NOW);
  }

  @Test
  void anObjectThatIsAskedForInPart() {
    assertThat(signature("GET", "/test.txt", Map.of(), headers("", Map.of("range", "bytes=0-9"))))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void anObjectThatIsPutUnderANameToBeEscaped() {
    assertThat(
            signature(
                "PUT",
                "/test$file.text",
                Map.of(),
                headers(
                    "Welcome to Amazon S3.",
                    Map.of(
                        "date",
                        "Fri, 24 May 2013 00:00:00 GMT",
                        "x-amz-storage-class",
                        "REDUCED_REDUNDANCY"))))
        .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void aParameterWithoutAValue() {
    assertThat(signature("GET", "/", Map.of("lifecycle", ""), headers("", Map.of())))
        .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }

  @Test
  void aListOfObjects() {
    assertThat(signature("GET", "/", Map.of("max-keys", "2", "prefix", "J"), headers("", Map.of())))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }
}
