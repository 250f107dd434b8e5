// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.slf4j.LoggerFactory;

/** What the distribution's web container answers and what its log keeps. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HardeningIT {

  private static final List<String> SECRETS =
      List.of(
          "rky_live_0123456789abcdefghijklmnopqrstuvwxyzAB",
          "rky_refresh_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHI",
          "hvs.CAESIJ0123456789",
          "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
          "GreyOtter9");

  @Configuration
  public Option[] distribution() {
    return Distribution.with();
  }

  private static int port() {
    return Integer.getInteger(Distribution.HTTP_PORT);
  }

  private static void awaitOpen() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest live =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/console/session"))
            .DELETE()
            .build();
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    int status = 0;
    while (status != 403 && System.nanoTime() < end) {
      try {
        HttpResponse<String> answer = client.send(live, BodyHandlers.ofString());
        status = answer.statusCode();
      } catch (IOException e) {
        status = 0;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertEquals(403, status);
  }

  private static String ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  public void theContainerShouldTellNothingOfItselfAndEchoNothing() throws Exception {
    awaitOpen();
    String traced =
        ask("TRACE / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a1\r\nConnection: close\r\n\r\n");
    assertTrue(traced, traced.startsWith("HTTP/1.1 405"));
    assertFalse(traced, traced.contains("a1"));
    for (String request :
        List.of(
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
      String answer = ask(request);
      String head = answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
      assertTrue(answer, head.contains("x-content-type-options: nosniff"));
      assertTrue(answer, head.contains("content-security-policy: default-src 'none'"));
      assertFalse(answer, head.contains("\nserver:"));
      assertFalse(answer, answer.toLowerCase(Locale.ROOT).contains("jetty"));
    }
  }

  @Test
  public void whatALibraryLogsShouldHoldNoSecret() throws Exception {
    RuntimeException cause =
        new IllegalStateException("Refused: Authorization: Bearer " + SECRETS.get(0));
    LoggerFactory.getLogger("org.example.library")
        .error(
            "Sent {} and {}, {} {} password={} to https://ada:{}@example.org/ the-end-of-it",
            SECRETS.get(1),
            SECRETS.get(2),
            SECRETS.get(3),
            SECRETS.get(4),
            SECRETS.get(5),
            SECRETS.get(5),
            cause);
    Path log = Path.of(System.getProperty("karaf.data"), "log", "rookery.log");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String text = "";
    while (!text.contains("the-end-of-it") || !text.contains("Refused: ")) {
      assertTrue("nothing of it is in the log", System.nanoTime() < end);
      TimeUnit.MILLISECONDS.sleep(100);
      text = Files.readString(log);
    }
    for (String secret : SECRETS) {
      assertFalse(text, text.contains(secret));
    }
    assertTrue(text, text.contains("password=[hidden]"));
    assertTrue("the rest is there", text.contains("java.lang.IllegalStateException"));
  }
}
