// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.spi.mail.EmailBackend;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Knows the mail backends as they come and go. */
@Component(service = {BackendDirectory.class, BackendDirectoryImpl.class})
public final class BackendDirectoryImpl implements BackendDirectory {

  private final Map<EmailBackend, Backend> backends = new ConcurrentHashMap<>();

  /** Begins with none. */
  @Activate
  public BackendDirectoryImpl() {}

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindBackend(EmailBackend backend, Map<String, Object> properties) {
    backends.put(
        backend,
        new Backend(
            String.valueOf(properties.get("backend")),
            String.valueOf(properties.get("version")),
            backend.capabilities(),
            backend.settings()));
  }

  void unbindBackend(EmailBackend backend) {
    backends.remove(backend);
  }

  @Override
  public List<Backend> list() {
    return backends.values().stream()
        .sorted(Comparator.comparing(Backend::name).thenComparing(highestFirst()))
        .toList();
  }

  private static Comparator<Backend> highestFirst() {
    return Comparator.comparing((Backend backend) -> version(backend.version())).reversed();
  }

  /** A snapshot's version has a dash where OSGi wants a dot. */
  private static Version version(String text) {
    return Version.parseVersion(text.replace('-', '.'));
  }

  @Override
  public Optional<Backend> find(String name) {
    return list().stream().filter(backend -> backend.name().equals(name)).findFirst();
  }

  /** Returns the backend itself, of a name the highest version. */
  Optional<EmailBackend> backend(String name) {
    return find(name)
        .flatMap(
            found ->
                backends.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(found))
                    .map(Map.Entry::getKey)
                    .findFirst());
  }
}
