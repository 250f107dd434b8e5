// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.certificates.internal.CertificateStore.Question;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChallengeListenerTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("certificates");

  private static final String HOST = "links.heron.example";
  private final MovableClock clock = new MovableClock();
  private final FakeHosts hosts = new FakeHosts();
  private ChallengeListener listener;

  @BeforeEach
  void listen() throws Exception {
    hosts.admitted.add(HOST);
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    listener = new ChallengeListener(DATABASE.transactions(), hosts, clock, free);
  }

  @AfterEach
  void close() throws Exception {
    listener.close();
  }

  private String get(String target, String host) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void silentConnectionsShouldKeepNobodyFromAnAnswerAndEndByThemselves() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        silent.add(socket);
        // Some begin, and never end.
        String said = i % 2 == 0 ? "" : "GET /.well-known/acme-challenge/";
        socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        socket.setSoTimeout(30_000);
      }
      assertThat(get("/.well-known/acme-challenge/unknown", HOST)).startsWith("HTTP/1.1 404");
      assertThat(get("/t/c/abc", HOST)).startsWith("HTTP/1.1 308");
      for (Socket socket : silent) {
        socket.getInputStream().readAllBytes();
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aQuestionShouldBeAnsweredUnderItsHostWhileItIsOpen() throws Exception {
    Question question =
        new Question("tok-en_1", HOST, "tok-en_1.print", clock.instant().plusSeconds(600));
    CertificateStore store = new CertificateStore();
    DATABASE
        .transactions()
        .system(
            SystemPurpose.LINK_HOSTS,
            system -> {
              store.put(system, question);
              return null;
            });
    String path = "/.well-known/acme-challenge/";
    assertThat(get(path + "tok-en_1", HOST + ":5002"))
        .startsWith("HTTP/1.1 200")
        .endsWith("tok-en_1.print");
    assertThat(get(path + "tok-en_1", "other.example")).startsWith("HTTP/1.1 404");
    assertThat(get(path + "unknown", HOST)).startsWith("HTTP/1.1 404");
    assertThat(get(path + "../tok-en_1", HOST)).doesNotContain("print");
    clock.move(Duration.ofMinutes(11));
    assertThat(get(path + "tok-en_1", HOST)).startsWith("HTTP/1.1 404");
  }

  @Test
  void whoAsksForSomethingElseShouldBeSentOnToHttpsOfThatHostAlone() throws Exception {
    assertThat(get("/t/c/abc?x=1&y=%2F", HOST))
        .startsWith("HTTP/1.1 308")
        .containsIgnoringCase("Location: https://links.heron.example/t/c/abc?x=1&y=%2F\r\n");
    assertThat(get("//evil.example/x", HOST))
        .doesNotContainIgnoringCase("location: https://evil")
        .doesNotContainIgnoringCase("location: //");
    assertThat(get("/t/c/abc", "evil.example")).startsWith("HTTP/1.1 404");
    assertThat(get("/t/c/abc", "evil.example@" + HOST)).startsWith("HTTP/1.1 400");
    assertThat(get("/t/c/abc", HOST + ".evil.example")).startsWith("HTTP/1.1 404");
  }
}
