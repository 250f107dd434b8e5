// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.tenancy.Authenticator;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.spi.plugin.Secret;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows a handful of keys. */
final class FakeAuthenticator implements Authenticator {

  static final UUID TENANT = UUID.fromString("01900000-0000-7000-8000-000000000001");
  static final UUID KEY = UUID.fromString("01900000-0000-7000-8000-000000000002");

  private final Map<String, Caller> callers = new HashMap<>();
  final List<InetAddress> sources = new CopyOnWriteArrayList<>();
  final List<String> counted = new CopyOnWriteArrayList<>();
  volatile RookeryException dead;
  Allowance allowance = new Allowance(true, 300, 299, 12, 0);

  FakeAuthenticator() {
    Set<Scope> all = EnumSet.allOf(Scope.class);
    callers.put("rky_all", new Caller(TENANT, KEY, all, Mode.LIVE, false, false));
    callers.put("rky_operator", new Caller(TENANT, KEY, all, Mode.LIVE, true, false));
    callers.put("rky_suspended", new Caller(TENANT, KEY, all, Mode.LIVE, false, true));
    callers.put("rky_test", new Caller(TENANT, KEY, all, Mode.TEST, false, false));
    callers.put("rky_operator_test", new Caller(TENANT, KEY, all, Mode.TEST, true, false));
    callers.put(
        "rky_reader",
        new Caller(TENANT, KEY, Set.of(Scope.CONTACTS_READ), Mode.LIVE, false, false));
    callers.put(
        "rky_mail", new Caller(TENANT, KEY, Set.of(Scope.MAIL_SEND), Mode.LIVE, false, false));
    callers.put(
        "rky_campaigns",
        new Caller(TENANT, KEY, Set.of(Scope.CAMPAIGNS_READ), Mode.LIVE, false, false));
    callers.put(
        "rky_templates", new Caller(TENANT, KEY, Set.of(Scope.TEMPLATES), Mode.LIVE, false, false));
  }

  @Override
  public Caller authenticate(Secret key, InetAddress source) {
    sources.add(source);
    if (dead != null && key.reveal().equals("rky_dead")) {
      throw dead;
    }
    Caller caller = callers.get(key.reveal());
    if (caller == null) {
      throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The API key is not valid");
    }
    return caller;
  }

  @Override
  public void count(Caller caller, String operation) {
    counted.add(operation);
  }

  @Override
  public Allowance admit(Caller caller) {
    return allowance;
  }
}
