// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.rookery.egress.internal.EgressMatrix;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No token endpoint leads into the platform's own network. */
@Timeout(30)
class TokenDoorTest {

  private static EgressMatrix matrix;

  @BeforeAll
  static void listen() throws Exception {
    matrix = new EgressMatrix();
  }

  @AfterAll
  static void close() throws Exception {
    matrix.close();
  }

  static Stream<String> hosts() {
    return EgressMatrix.hosts()
        .filter(host -> host.chars().allMatch(c -> c < 128 && c != '%'))
        .map(host -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
        // What is no host to an address's own rules never comes this far: registrations with it are
        // refused.
        .filter(host -> URI.create("https://" + host + ":1/").getHost() != null);
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void noHostShouldLeadInside(String host) {
    URI address = URI.create("https://" + host + ":" + matrix.port() + "/token");
    try (GuardedHttps https =
        new GuardedHttps(
            matrix.guard(),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Duration.ofSeconds(5))) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatIOException()
            .isThrownBy(() -> https.post(address, "client_secret=x"))
            .satisfies(
                e ->
                    assertThat(EgressMatrix.words(e))
                        .doesNotContain("SECRET-OF-THE-HOUSE", "inner-host", "client_secret"));
      }
    }
    assertThat(matrix.connections()).isZero();
  }
}
