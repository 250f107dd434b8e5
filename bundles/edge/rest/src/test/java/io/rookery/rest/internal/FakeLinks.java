// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.sending.DeadLinks;
import io.rookery.api.sending.LinkService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Knows the token {@code known} and writes down what is done with it. */
final class FakeLinks implements LinkService, DeadLinks, PublicReach {

  final List<String> log = new ArrayList<>();

  /** Under which host requests came, in order. */
  final List<String> hosts = new ArrayList<>();

  @Override
  public Click click(Visit visit) {
    Click click = look(visit);
    if (click.target() != null) {
      log.add("click " + visit.token());
    }
    return click;
  }

  @Override
  public Click look(Visit visit) {
    hosts.add(visit.host());
    return switch (visit.token()) {
      case "known" -> Click.to(URI.create("https://shop.example.org/?a=1&b=2"));
      case "dead" -> Click.DEAD;
      default -> Click.UNKNOWN;
    };
  }

  @Override
  public void open(Visit visit) {
    hosts.add(visit.host());
    log.add("open " + visit.token());
  }

  @Override
  public Optional<Recipient> recipient(Visit visit) {
    hosts.add(visit.host());
    return visit.token().equals("known")
        ? Optional.of(new Recipient("Acme <b>", "a…@example.org", false))
        : Optional.empty();
  }

  @Override
  public boolean unsubscribe(Visit visit, Manner manner) {
    hosts.add(visit.host());
    log.add("unsubscribe " + visit.token() + " " + manner);
    return visit.token().equals("known");
  }

  @Override
  public Optional<String> objection() {
    return Optional.empty();
  }

  @Override
  public boolean arrived(String token, String host) {
    return token.equals("proof") && host != null;
  }

  @Override
  public DeadLink kill(TenantContext context, Target target, String reason) {
    log.add("kill " + target.campaignId() + " " + target.number() + " " + reason);
    return new DeadLink(new UUID(0, 9), target, reason, false, Instant.EPOCH);
  }

  @Override
  public Target targetOf(TenantContext context, String address) {
    if (!address.endsWith("/t/c/known")) {
      throw RookeryException.notFound("link");
    }
    return new Target(new UUID(0, 8), 3);
  }

  @Override
  public void revive(TenantContext context, UUID id) {
    log.add("revive " + id);
  }

  @Override
  public List<DeadLink> list(TenantContext context) {
    return List.of();
  }
}
