// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.resource.HostResource;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostResourceTest {

  private static final String HOSTS = "/api/v1/hosts";
  private static final UUID ID = new UUID(0, 7);
  private static final HostKey KEY = new HostKey("ssh-ed25519", "SHA256:" + "A".repeat(43));
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new HostResource(new FakeHosts()));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void aHostShouldBeRegisteredWithItsPlace() throws Exception {
    HttpResponse<String> made =
        rest.post(HOSTS, "{\"name\":\"mx1\",\"address\":\"192.0.2.1\",\"port\":2222}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location").orElseThrow()).endsWith(HOSTS + "/" + ID);
    JsonNode host = json(made);
    assertThat(host.path("address").asText()).isEqualTo("192.0.2.1");
    assertThat(host.path("port").asInt()).isEqualTo(2222);
    assertThat(host.path("host_key").isNull()).isTrue();
    problem(rest.post(HOSTS, "{\"name\":\"\"}"), 422, "validation_failed");
    assertThat(json(rest.get(HOSTS)).at("/data/0/name").asText()).isEqualTo("mx1");
  }

  @Test
  void aChangeShouldCarryTheVersionThatItIsOf() throws Exception {
    HttpResponse<String> shown = rest.get(HOSTS + "/" + ID);
    assertThat(shown.headers().firstValue("ETag")).hasValue("\"1\"");
    HttpResponse<String> changed =
        rest.send(
            rest.request(HOSTS + "/" + ID)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .method("PATCH", BodyPublishers.ofString("{\"address\":\"192.0.2.9\"}")));
    assertThat(json(changed).path("address").asText()).isEqualTo("192.0.2.9");
    assertThat(rest.send(rest.request(HOSTS + "/" + ID).DELETE()).statusCode()).isEqualTo(204);
  }

  @Test
  void theKeyThatIsShownShouldBePinned() throws Exception {
    JsonNode shown = json(rest.post(HOSTS + "/" + ID + "/scan", ""));
    assertThat(shown.path("fingerprint").asText()).isEqualTo(KEY.fingerprint());
    assertThat(shown.path("pinned").asBoolean()).isFalse();
    String body = "{\"fingerprint\":\"" + KEY.fingerprint() + "\"}";
    JsonNode pinned = json(rest.post(HOSTS + "/" + ID + "/pin", body));
    assertThat(pinned.at("/host_key/type").asText()).isEqualTo("ssh-ed25519");
    String other = body.replace("SHA256:A", "SHA256:B");
    JsonNode changed =
        problem(rest.post(HOSTS + "/" + ID + "/pin", other), 409, "host_key_changed");
    assertThat(changed.path("detail").asText()).isEqualTo("Another key");
  }

  @Test
  void hostsShouldNeedTheirScope() throws Exception {
    problem(
        rest.send(rest.open(HOSTS).header("Authorization", "Bearer rky_reader")), 403, "forbidden");
  }

  private static final class FakeHosts implements HostService {

    private static Host host(HostData data, HostKey key) {
      Instant pinned = key == null ? null : Instant.EPOCH;
      return new Host(
          ID,
          data.name(),
          data.address(),
          data.port() == null ? 22 : data.port(),
          key,
          pinned,
          Instant.EPOCH,
          1);
    }

    private static final HostData DATA = new HostData("mx1", "192.0.2.1", 22, null);

    @Override
    public Host create(TenantContext context, HostData data) {
      return host(data, null);
    }

    @Override
    public Host get(TenantContext context, UUID id) {
      return host(DATA, null);
    }

    @Override
    public Page<Host> list(TenantContext context, PageRequest page) {
      return new Page<>(List.of(host(DATA, null)), null);
    }

    @Override
    public Host update(TenantContext context, UUID id, HostData change, long expectedVersion) {
      assertThat(expectedVersion).isEqualTo(1);
      return host(change, null);
    }

    @Override
    public void delete(TenantContext context, UUID id) {
      assertThat(id).isEqualTo(ID);
    }

    @Override
    public PresentedKey scan(TenantContext context, UUID id) {
      return new PresentedKey(KEY, false);
    }

    @Override
    public Host pin(TenantContext context, UUID id, String fingerprint) {
      if (!fingerprint.equals(KEY.fingerprint())) {
        throw new RookeryException(HostErrors.KEY_CHANGED, "Another key");
      }
      return host(DATA, KEY);
    }
  }
}
