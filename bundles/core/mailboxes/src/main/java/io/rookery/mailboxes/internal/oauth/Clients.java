// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Knows the operator's registrations as their files come and go. Thread-safe. */
@Component(service = Clients.class)
public final class Clients {

  private final Set<ConfiguredClient> configured = ConcurrentHashMap.newKeySet();

  /** Begins with none. */
  @Activate
  public Clients() {}

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindClient(ConfiguredClient client) {
    configured.add(client);
  }

  void unbindClient(ConfiguredClient client) {
    configured.remove(client);
  }

  /** Returns the names of the providers, in order. */
  List<String> names() {
    return configured.stream()
        .map(ConfiguredClient::client)
        .filter(Objects::nonNull)
        .map(Client::name)
        .distinct()
        .sorted()
        .toList();
  }

  Optional<Client> find(String name) {
    return configured.stream()
        .map(ConfiguredClient::client)
        .filter(client -> client != null && client.name().equals(name))
        .findFirst();
  }
}
