// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.sending.ReturnPaths;
import io.rookery.api.tenancy.TenantService;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the addresses that bounces come to. */
@Component(service = ReturnPaths.class)
public final class ReturnPathsImpl implements ReturnPaths {

  private final ReturnPathTokens tokens;
  private final TenantTails tenants;

  /** Makes the service. */
  @Activate
  public ReturnPathsImpl(@Reference PlatformKeys keys, @Reference TenantService tenants) {
    this.tokens = new ReturnPathTokens(keys);
    this.tenants = new TenantTails(tenants);
  }

  @Override
  public Optional<ReturnPath> parse(String address) {
    if (address == null) {
      return Optional.empty();
    }
    int at = address.lastIndexOf('@');
    return tokens
        .read(at < 0 ? address : address.substring(0, at))
        .flatMap(
            token -> tenants.find(token.tenant()).map(id -> new ReturnPath(id, token.messageId())));
  }
}
