// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guard itself, tried with everything that doors are tried with. */
class EgressMatrixTest {

  private static EgressMatrix matrix;

  @BeforeAll
  static void listen() throws Exception {
    matrix = new EgressMatrix();
  }

  @AfterAll
  static void close() throws Exception {
    matrix.close();
  }

  @ParameterizedTest
  @MethodSource("io.rookery.egress.internal.EgressMatrix#hosts")
  void nobodyShouldGetThrough(String host) {
    for (Protocol protocol : Protocol.values()) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> matrix.guard().connect(to(protocol, host)))
            .isInstanceOf(IOException.class);
      }
    }
    assertThat(matrix.connections()).isZero();
  }

  @Test
  void theServerShouldCountWhoGetsThere() throws Exception {
    try (EgressMatrix other = new EgressMatrix();
        Socket caller =
            new EgressGuardService(
                    new EgressRules("127.0.0.1/32", "1024-65535"), InetAddress::getAllByName)
                .connect(
                    new Destination(
                        Protocol.SMTP, "127.0.0.1", other.port(), Duration.ofSeconds(5)))) {
      byte[] said = caller.getInputStream().readNBytes(EgressMatrix.BANNER.length());
      assertThat(said).asString().isEqualTo(EgressMatrix.BANNER);
      assertThat(other.connections()).isEqualTo(1);
    }
  }

  private static Destination to(Protocol protocol, String host) {
    return new Destination(protocol, host, matrix.port(), Duration.ofSeconds(5));
  }
}
