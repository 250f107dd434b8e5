// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.sending.LinkService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows the token {@code known} and writes down what is done with it. */
final class FakeLinks implements LinkService, PublicReach {

  final List<String> log = new ArrayList<>();

  @Override
  public Optional<URI> click(String token) {
    return token.equals("known")
        ? Optional.of(URI.create("https://shop.example.org/?a=1&b=2"))
        : Optional.empty();
  }

  @Override
  public void open(String token) {
    log.add("open " + token);
  }

  @Override
  public Optional<Recipient> recipient(String token) {
    return token.equals("known")
        ? Optional.of(new Recipient("Acme <b>", "a…@example.org", false))
        : Optional.empty();
  }

  @Override
  public boolean unsubscribe(String token, Manner manner) {
    log.add("unsubscribe " + token + " " + manner);
    return token.equals("known");
  }

  @Override
  public Optional<String> objection() {
    return Optional.empty();
  }

  @Override
  public boolean arrived(String token) {
    return token.equals("proof");
  }
}
