// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.sending.ReturnPaths;
import io.rookery.api.sending.ReturnPaths.ReturnPath;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.FixedKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReturnPathsImplTest {

  private final List<UUID> tenants = new ArrayList<>(List.of(Uuids.next(), Uuids.next()));
  private final List<PageRequest> reads = new ArrayList<>();
  private final FixedKeys keys = new FixedKeys();
  private final ReturnPathTokens tokens = new ReturnPathTokens(keys);
  private final ReturnPaths paths =
      new ReturnPathsImpl(
          keys,
          Fake.of(
              TenantService.class,
              Map.of(
                  "operator",
                  arguments -> TenantContext.of(tenants.get(0), (Actor) arguments[0]),
                  "list",
                  arguments -> page((PageRequest) arguments[1]))));

  /** One tenant a page, so that all pages have to be read. */
  private Page<Tenant> page(PageRequest request) {
    reads.add(request);
    int at = request.cursor() == null ? 0 : Integer.parseInt(request.cursor());
    Tenant tenant =
        new Tenant(tenants.get(at), "t", "T", null, Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
    return new Page<>(List.of(tenant), at + 1 < tenants.size() ? "" + (at + 1) : null);
  }

  @Test
  void anAddressShouldTellItsMessageAtWhateverHost() {
    UUID message = Uuids.next();
    String local = tokens.make(tenants.get(1), message);
    ReturnPath expected = new ReturnPath(tenants.get(1), message);

    assertThat(paths.parse(local + "@bounces.heron.example")).contains(expected);
    assertThat(paths.parse(local.toUpperCase(Locale.ROOT) + "@X")).contains(expected);
    assertThat(paths.parse(local)).contains(expected);
  }

  @Test
  void aTenantThatCameLaterShouldBeFound() {
    paths.parse(tokens.make(tenants.get(0), Uuids.next()));
    tenants.add(Uuids.next());
    UUID message = Uuids.next();

    assertThat(paths.parse(tokens.make(tenants.get(2), message)))
        .contains(new ReturnPath(tenants.get(2), message));
  }

  @Test
  void aForgedAddressShouldNotHaveTenantsRead() {
    assertThat(paths.parse("b-" + "a".repeat(60) + "@bounces.heron.example")).isEmpty();
    assertThat(paths.parse("ann@heron.example")).isEmpty();
    assertThat(paths.parse(null)).isEmpty();
    assertThat(reads).isEmpty();
  }

  @Test
  void aTenantThatIsGoneShouldHaveNoMessages() {
    assertThat(paths.parse(tokens.make(Uuids.next(), Uuids.next()))).isEmpty();
  }
}
