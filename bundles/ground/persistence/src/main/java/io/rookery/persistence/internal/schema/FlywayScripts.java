// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** Hands Flyway an area's scripts, so that it need not search a class path it cannot see. */
final class FlywayScripts implements ResourceProvider {

  private final List<LoadableResource> scripts;

  FlywayScripts(Area area) {
    this.scripts = area.migrations().stream().<LoadableResource>map(Text::new).toList();
  }

  @Override
  public LoadableResource getResource(String name) {
    return scripts.stream().filter(s -> s.getFilename().equals(name)).findFirst().orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return scripts.stream()
        .filter(s -> s.getFilename().startsWith(prefix))
        .filter(s -> List.of(suffixes).stream().anyMatch(s.getFilename()::endsWith))
        .toList();
  }

  private static final class Text extends LoadableResource {

    private final Area.Script script;

    Text(Area.Script script) {
      this.script = script;
    }

    @Override
    public Reader read() {
      return new StringReader(script.text());
    }

    @Override
    public String getAbsolutePath() {
      return script.name();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return script.name();
    }

    @Override
    public String getFilename() {
      return script.name();
    }

    @Override
    public String getRelativePath() {
      return script.name();
    }
  }
}
