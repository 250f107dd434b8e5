// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.rest.internal.door.Door;
import io.rookery.rest.internal.filter.SourceAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.servlet.http.HttpServletResponse;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.message.Message;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.Destination;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.transport.http.HTTPTransportFactory;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestDestinationsTest {

  private static final String ADDRESS = "/api/v1/things";

  private final Bus bus = new CXFBusFactory().createBus();
  private final Server jetty =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private Destination destination;

  @BeforeEach
  void start() throws Exception {
    RestDestinations destinations =
        new RestDestinations(
            bus.getExtension(HTTPTransportFactory.class).getRegistry(),
            new ObjectMapper(),
            new Door(new SourceAddresses()));
    EndpointInfo endpoint = new EndpointInfo();
    endpoint.setAddress(ADDRESS);
    destination = destinations.getDestination(endpoint, bus);
    CXFNonSpringServlet servlet = new CXFNonSpringServlet();
    servlet.setBus(bus);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(new ServletHolder(servlet), "/*");
    jetty.setHandler(handler);
    jetty.start();
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
    bus.shutdown(true);
  }

  @Test
  void anAddressWithoutItsServerShouldNotSayThatSomethingWasDone() throws Exception {
    assertUnavailable(post(ADDRESS));
    assertUnavailable(post(ADDRESS + "/1"));

    destination.setMessageObserver(RestDestinationsTest::answer);
    assertThat(post(ADDRESS).statusCode()).isEqualTo(201);

    destination.setMessageObserver(null);
    assertThat(post(ADDRESS).statusCode()).isEqualTo(404);
  }

  private static void answer(Message message) {
    HttpServletResponse answer =
        (HttpServletResponse) message.get(AbstractHTTPDestination.HTTP_RESPONSE);
    answer.setStatus(201);
  }

  private static void assertUnavailable(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo("unavailable");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }

  private HttpResponse<String> post(String path) throws Exception {
    int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
