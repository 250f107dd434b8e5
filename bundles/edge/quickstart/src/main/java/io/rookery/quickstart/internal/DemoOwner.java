// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.kernel.Actor;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.security.SecureRandom;
import java.util.List;

/**
 * The person who signs in at the page. A password is shown once and kept nowhere, so each run makes
 * a person of its own and then removes those of the runs before.
 */
final class DemoOwner {

  private static final String DOMAIN = "@heronry.example";
  private static final String PREFIX = "owner-";
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int NAME = 6;
  private static final int PASSWORD = 20;
  private static final PageRequest MANY = new PageRequest(500, null);

  private final DemoServices services;
  private final SecureRandom random = new SecureRandom();

  DemoOwner(DemoServices services) {
    this.services = services;
  }

  /** Makes a new owner of a tenant and returns it. */
  NewUser renew(TenantContext tenant) {
    List<Member> before = services.members.list(tenant, MANY).items();
    NewUser owner =
        new NewUser(
            PREFIX + letters(NAME) + DOMAIN,
            "Quick start",
            Secret.of(letters(PASSWORD)),
            Role.OWNER);
    services.users.create(
        services.tenants.operator(new Actor(Actor.Kind.OPERATOR, "quickstart")),
        tenant.tenantId(),
        owner);
    before.stream()
        .filter(member -> isOurs(member.email()))
        .forEach(member -> services.members.remove(tenant, member.id()));
    return owner;
  }

  private static boolean isOurs(String email) {
    return email != null && email.startsWith(PREFIX) && email.endsWith(DOMAIN);
  }

  private String letters(int count) {
    return random
        .ints(count, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .reduce("", String::concat);
  }
}
