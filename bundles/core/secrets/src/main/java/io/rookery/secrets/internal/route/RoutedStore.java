// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.route;

import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store that holds the secrets now, whichever that is at each call. */
public final class RoutedStore implements SecretStore {

  private final StoreRoutes routes;
  private final Function<String, SecretStore> stores;

  /** Routes to stores that are found by their names. */
  public RoutedStore(StoreRoutes routes, Function<String, SecretStore> stores) {
    this.routes = routes;
    this.stores = stores;
  }

  private SecretStore reading() {
    return stores.apply(routes.active());
  }

  private void change(SecretPath path, Consumer<SecretStore> work) {
    routes.write(
        path,
        name -> {
          work.accept(stores.apply(name));
          return null;
        });
  }

  @Override
  public StoreStatus status() {
    return reading().status();
  }

  @Override
  public Optional<SecretVersion> read(SecretPath path, int version) {
    return reading().read(path, version);
  }

  @Override
  public int write(SecretPath path, SecretData data, int check) {
    return routes.write(path, name -> stores.apply(name).write(path, data, check));
  }

  @Override
  public void delete(SecretPath path, Set<Integer> versions) {
    change(path, store -> store.delete(path, versions));
  }

  @Override
  public void undelete(SecretPath path, Set<Integer> versions) {
    change(path, store -> store.undelete(path, versions));
  }

  @Override
  public void destroy(SecretPath path, Set<Integer> versions) {
    change(path, store -> store.destroy(path, versions));
  }

  @Override
  public Optional<SecretMetadata> metadata(SecretPath path) {
    return reading().metadata(path);
  }

  @Override
  public void purge(SecretPath path) {
    change(path, store -> store.purge(path));
  }

  @Override
  public List<SecretPath> list(SecretPath folder) {
    return reading().list(folder);
  }
}
