// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.kernel.Uuids;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose hosts are. */
class TenantHostsTest {

  private final FakeHosts hosts = new FakeHosts();
  private final FakeTenants tenants = new FakeTenants();
  private final TenantHosts owners = new TenantHosts(tenants, hosts);

  private UUID tenant(String... names) {
    UUID id = tenants.add();
    hosts.ofTenants.put(id, List.of(names).stream().map(TenantHostsTest::host).toList());
    return id;
  }

  private static LinkHost host(String name) {
    return new LinkHost(
        Uuids.next(), name, Uuids.next(), LinkHost.State.PENDING, null, null, null, Instant.EPOCH);
  }

  @Test
  void aHostShouldBeThoseTenantsThatHaveItAndNobodysElse() {
    String heron = tenant("links.heron.example", "links.shared.example").toString();
    String other = tenant("links.other.example", "links.shared.example").toString();
    assertThat(
            owners.of(Set.of("links.heron.example", "links.shared.example", "links.none.example")))
        .containsEntry("links.heron.example", Set.of(heron))
        .containsEntry("links.shared.example", Set.of(heron, other))
        .containsEntry("links.none.example", Set.of())
        .doesNotContainKey("links.other.example");
  }

  @Test
  void tenantsShouldBeAskedOnlyForHostsThatAreNew() {
    tenant("links.heron.example");
    owners.of(Set.of("links.heron.example", "links.none.example"));
    owners.of(Set.of("links.none.example"));
    assertThat(tenants.listed).isEqualTo(1);
    String later = tenant("links.later.example").toString();
    assertThat(owners.of(Set.of("links.later.example")))
        .containsEntry("links.later.example", Set.of(later));
    assertThat(tenants.listed).isEqualTo(2);
  }
}
