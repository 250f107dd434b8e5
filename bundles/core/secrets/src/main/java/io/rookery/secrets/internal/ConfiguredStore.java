// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.route.RoutedStore;
import io.rookery.secrets.internal.route.StoreRoutes;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The store that holds the secrets, whichever plugin brings it and whenever: the one that the
 * configuration names, or the one that its secrets were moved to. Of two versions of a plugin the
 * newer one is taken.
 */
@Component(
    service = ConfiguredStore.class,
    configurationPid = SecretsConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
@Designate(ocd = SecretsConfiguration.class)
public final class ConfiguredStore {

  private static final Comparator<Candidate> NEWEST =
      Comparator.comparing(Candidate::version)
          .thenComparing(Candidate::serviceId, Comparator.reverseOrder());

  private final String name;
  private final StoreRoutes routes;
  private final Map<SecretStore, Candidate> candidates = new ConcurrentHashMap<>();

  /** Begins with the store that is configured. */
  @Activate
  public ConfiguredStore(
      SecretsConfiguration configuration,
      @Reference Transactions transactions,
      @Reference Epochs epochs) {
    this(configuration.store(), new StoreRoutes(transactions, epochs, configuration.store()));
  }

  /** Holds the store of a name, or what the routes say; these may be null for that name alone. */
  ConfiguredStore(String name, StoreRoutes routes) {
    this.name = name;
    this.routes = routes;
  }

  /** Holds stores by their names and goes by routes, as on one node. */
  public static ConfiguredStore of(StoreRoutes routes, Map<String, SecretStore> stores) {
    ConfiguredStore all = new ConfiguredStore(routes.configured(), routes);
    stores.forEach((name, store) -> all.addStore(store, Map.of("store", name)));
    return all;
  }

  /** Holds one store, as if the configuration named it. */
  public static ConfiguredStore of(SecretStore store) {
    ConfiguredStore stores = new ConfiguredStore("only", null);
    stores.addStore(store, Map.of("store", "only"));
    return stores;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addStore(SecretStore store, Map<String, Object> properties) {
    candidates.put(store, Candidate.of(store, properties));
  }

  void removeStore(SecretStore store) {
    candidates.remove(store);
  }

  /** Returns the store, or throws {@code UNREACHABLE} while there is none. */
  public SecretStore get() {
    return routes == null ? get(name) : new RoutedStore(routes, this::get);
  }

  /** Returns the store of a name, or throws {@code UNREACHABLE} while there is none. */
  public SecretStore get(String wanted) {
    return find(wanted)
        .orElseThrow(
            () ->
                new SecretStoreException(
                    Kind.UNREACHABLE, "The secret store " + wanted + " is not running", null));
  }

  /** Returns the names of all stores that there are, in order. */
  public List<String> names() {
    return candidates.values().stream().map(Candidate::name).distinct().sorted().toList();
  }

  /** Returns the name of the store that holds the secrets. */
  public String active() {
    return routes == null ? name : routes.active();
  }

  /** Returns what says which store holds the secrets; null where it is always the same. */
  public StoreRoutes routes() {
    return routes;
  }

  /** Returns the store's status; {@code UNREACHABLE} while there is none. */
  public StoreStatus status() {
    try {
      return status(active());
    } catch (RookeryException e) {
      return StoreStatus.UNREACHABLE;
    }
  }

  /** Returns the status of the store of a name; {@code UNREACHABLE} while there is none. */
  public StoreStatus status(String wanted) {
    return find(wanted).map(SecretStore::status).orElse(StoreStatus.UNREACHABLE);
  }

  private Optional<SecretStore> find(String wanted) {
    return candidates.values().stream()
        .filter(candidate -> candidate.name().equals(wanted))
        .max(NEWEST)
        .map(Candidate::store);
  }

  private record Candidate(String name, SecretStore store, Version version, long serviceId) {

    static Candidate of(SecretStore store, Map<String, Object> properties) {
      Object id = properties.get(Constants.SERVICE_ID);
      return new Candidate(
          String.valueOf(properties.get("store")),
          store,
          parse(properties.get("version")),
          id instanceof Long number ? number : 0);
    }

    private static Version parse(Object value) {
      try {
        return Version.parseVersion(String.valueOf(value));
      } catch (IllegalArgumentException e) {
        return Version.emptyVersion;
      }
    }
  }
}
