// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.spi.mail.EmailBackend;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The whiteboard of mail backends: whatever is registered with a name and a version counts. */
@Component(service = {BackendDirectory.class, Backends.class})
public final class Backends implements BackendDirectory {

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::name)
          .thenComparing(Comparator.comparing(Entry::version).reversed());

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** Starts with no backend. */
  @Activate
  public Backends() {}

  /** Adds a backend; one that does not say its name or version right is passed over. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = "(&(backend=*)(version=*))",
      unbind = "removeBackend")
  public void addBackend(EmailBackend backend, Map<String, ?> properties) {
    entries.add(
        new Entry(
            String.valueOf(properties.get("backend")),
            version(String.valueOf(properties.get("version"))),
            backend));
  }

  /** Takes a backend away. */
  public void removeBackend(EmailBackend backend) {
    entries.removeIf(entry -> entry.backend() == backend);
  }

  @Override
  public List<Backend> list() {
    return entries.stream().sorted(ORDER).map(Entry::toRecord).toList();
  }

  @Override
  public Optional<Backend> find(String name) {
    return newest(name).map(Entry::toRecord);
  }

  /** Returns the backend itself that new work of a name goes to, or empty. */
  Optional<EmailBackend> backend(String name) {
    return newest(name).map(Entry::backend);
  }

  private Optional<Entry> newest(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).min(ORDER);
  }

  private static Version version(String text) {
    try {
      return Version.parseVersion(text.replaceFirst("^(\\d+(?:\\.\\d+){0,2})-", "$1."));
    } catch (IllegalArgumentException e) {
      return Version.emptyVersion;
    }
  }

  private record Entry(String name, Version version, EmailBackend backend) {

    Backend toRecord() {
      return new Backend(name, version.toString(), backend.capabilities(), backend.settings());
    }
  }
}
