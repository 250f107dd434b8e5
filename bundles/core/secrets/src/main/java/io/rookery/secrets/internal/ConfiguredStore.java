// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import java.util.Comparator;
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
 * The store that the configuration names, whichever plugin brings it and whenever. Of two versions
 * of a plugin the newer one is taken.
 */
@Component(service = ConfiguredStore.class, configurationPid = SecretsConfiguration.PID)
@Designate(ocd = SecretsConfiguration.class)
public final class ConfiguredStore {

  private static final Comparator<Candidate> NEWEST =
      Comparator.comparing(Candidate::version)
          .thenComparing(Candidate::serviceId, Comparator.reverseOrder());

  private final String name;
  private final Map<SecretStore, Candidate> candidates = new ConcurrentHashMap<>();

  /** Takes the store that is configured. */
  @Activate
  public ConfiguredStore(SecretsConfiguration configuration) {
    this(configuration.store());
  }

  ConfiguredStore(String name) {
    this.name = name;
  }

  /** Holds one store, as if the configuration named it. */
  public static ConfiguredStore of(SecretStore store) {
    ConfiguredStore stores = new ConfiguredStore("only");
    stores.addStore(store, Map.of("store", "only"));
    return stores;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addStore(SecretStore store, Map<String, Object> properties) {
    if (name.equals(properties.get("store"))) {
      candidates.put(store, Candidate.of(store, properties));
    }
  }

  void removeStore(SecretStore store) {
    candidates.remove(store);
  }

  /** Returns the store, or throws {@code UNREACHABLE} while there is none. */
  public SecretStore get() {
    return find()
        .orElseThrow(
            () ->
                new SecretStoreException(
                    Kind.UNREACHABLE, "The secret store " + name + " is not running", null));
  }

  /** Returns the store's status; {@code UNREACHABLE} while there is none. */
  public StoreStatus status() {
    return find().map(SecretStore::status).orElse(StoreStatus.UNREACHABLE);
  }

  private Optional<SecretStore> find() {
    return candidates.values().stream().max(NEWEST).map(Candidate::store);
  }

  private record Candidate(SecretStore store, Version version, long serviceId) {

    static Candidate of(SecretStore store, Map<String, Object> properties) {
      Object id = properties.get(Constants.SERVICE_ID);
      return new Candidate(
          store, parse(properties.get("version")), id instanceof Long number ? number : 0);
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
