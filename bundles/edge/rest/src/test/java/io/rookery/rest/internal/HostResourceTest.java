// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.hosts.DownloadedKey;
import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostHealthService;
import io.rookery.api.hosts.HostKey;
import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.api.hosts.Rotation;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.api.hosts.SshKeyService;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.resource.HostHealthResource;
import io.rookery.rest.internal.resource.HostResource;
import io.rookery.spi.plugin.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostResourceTest {

  private static final String HOSTS = "/api/v1/hosts";
  private static final UUID ID = new UUID(0, 7);
  private static final String KEYS = HOSTS + "/" + ID + "/keys/" + ID;
  private static final HostKey KEY = new HostKey("ssh-ed25519", "SHA256:" + "A".repeat(43));
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new HostResource(new FakeHosts(), new FakeKeys()));
    rest.servers.add(new HostHealthResource(new FakeHealth()));
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

  @Test
  void aKeyShouldBeMadeByAPasswordThatIsNotShownAgain() throws Exception {
    String body = "{\"role\":\"admin\",\"user\":\"root\",\"password\":\"once-only\"}";
    HttpResponse<String> made = rest.post(HOSTS + "/" + ID + "/keys", body);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).doesNotContain("once-only");
    assertThat(json(made).at("/versions/0/state").asText()).isEqualTo("current");
    assertThat(json(rest.get(HOSTS + "/" + ID + "/keys")).at("/data/0/role").asText())
        .isEqualTo("admin");
    assertThat(json(rest.get(KEYS)).path("algorithm").asText()).isEqualTo("ed25519");
  }

  @Test
  void rotationAndRevocationShouldCarryGraceAndIncident() throws Exception {
    assertThat(rest.post(KEYS + "/rotate", "{\"grace_hours\":2}").statusCode()).isEqualTo(200);
    assertThat(FakeKeys.rotation).isEqualTo(new Rotation(Duration.ofHours(2), null));
    assertThat(rest.post(KEYS + "/rotate", "{\"incident_id\":\"I-1\"}").statusCode())
        .isEqualTo(200);
    assertThat(FakeKeys.rotation).isEqualTo(new Rotation(null, "I-1"));
    JsonNode revoked = json(rest.post(KEYS + "/revoke", "{\"incident_id\":\"I-2\"}"));
    assertThat(revoked.path("problem").asText()).isEqualTo("I-2");
  }

  @Test
  void aPrivateHalfShouldBeShownToAPersonAlone() throws Exception {
    problem(rest.post(KEYS + "/download", ""), 403, "forbidden");
    problem(downloaded(io.rookery.api.people.Role.MEMBER), 403, "forbidden");
    HttpResponse<String> shown = downloaded(io.rookery.api.people.Role.ADMIN);
    assertThat(json(shown).path("private_key").asText()).isEqualTo("the private half");
  }

  private static HttpResponse<String> downloaded(io.rookery.api.people.Role by) throws Exception {
    return rest.send(
        rest.open(KEYS + "/download")
            .header("Authorization", "Bearer " + FakePeople.token(by))
            .POST(BodyPublishers.noBody()));
  }

  @Test
  void aHostsHealthShouldBeShownCheckByCheck() throws Exception {
    JsonNode last = json(rest.get("/api/v1/host-health/" + ID));
    assertThat(last.path("data")).isEmpty();
    JsonNode now = json(rest.post("/api/v1/host-health/" + ID + "/check", ""));
    assertThat(now.at("/data/0/check").asText()).isEqualTo("port_25");
    assertThat(now.at("/data/0/state").asText()).isEqualTo("failed");
    assertThat(now.at("/data/0/code").asText()).isEqualTo("closed");
  }

  private static final class FakeHealth implements HostHealthService {

    @Override
    public List<HostCheck> get(TenantContext context, UUID hostId) {
      return List.of();
    }

    @Override
    public List<HostCheck> check(TenantContext context, UUID hostId) {
      return List.of(
          new HostCheck(
              HostCheck.Check.PORT_25,
              HostCheck.State.FAILED,
              "closed",
              "Look at the firewall",
              Instant.EPOCH,
              Instant.EPOCH));
    }
  }

  private static final class FakeKeys implements SshKeyService {

    private static volatile Rotation rotation;

    private static SshKey key(String problem) {
      Version version =
          new Version(
              1,
              VersionState.CURRENT,
              "ssh-ed25519 AAAA",
              KEY.fingerprint(),
              Instant.EPOCH,
              null,
              null,
              null,
              null);
      return new SshKey(
          ID,
          ID,
          Role.ADMIN,
          "root",
          Algorithm.ED25519,
          State.ACTIVE,
          90,
          List.of(version),
          problem,
          null,
          Instant.EPOCH,
          1);
    }

    @Override
    public List<SshKey> list(TenantContext context, UUID hostId) {
      return List.of(key(null));
    }

    @Override
    public SshKey get(TenantContext context, UUID hostId, UUID id) {
      return key(null);
    }

    @Override
    public SshKey install(TenantContext context, UUID hostId, NewSshKey wanted) {
      assertThat(wanted.entrance().password()).isEqualTo(Secret.of("once-only"));
      return key(null);
    }

    @Override
    public SshKey rotate(TenantContext context, UUID hostId, UUID id, Rotation wanted) {
      rotation = wanted;
      return key(null);
    }

    @Override
    public SshKey revoke(TenantContext context, UUID hostId, UUID id, String incidentId) {
      return key(incidentId);
    }

    @Override
    public DownloadedKey download(TenantContext context, UUID hostId, UUID id) {
      return new DownloadedKey(ID, 1, Secret.of("the private half"));
    }
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
