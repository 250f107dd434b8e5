// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import io.rookery.persistence.internal.schema.Area;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds areas' scripts on the class path, in folders and in jars. */
final class ClassPathAreas {

  private ClassPathAreas() {}

  static Area find(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      List<Area.Script> migrations = new ArrayList<>();
      String folder = Area.MIGRATIONS + name;
      for (URL url : Collections.list(loader.getResources(folder))) {
        migrations.addAll(scripts(url, folder));
      }
      if (migrations.isEmpty()) {
        throw new IllegalArgumentException("There is no " + folder + " on the class path");
      }
      return new Area(name, migrations, security(loader, Area.SECURITY + name + ".sql"));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The scripts of " + name + " cannot be read", e);
    }
  }

  private static List<Area.Script> scripts(URL url, String folder)
      throws IOException, URISyntaxException {
    if (!url.getProtocol().equals("jar")) {
      return scripts(Path.of(url.toURI()));
    }
    String jar = url.toString().substring(0, url.toString().indexOf("!/"));
    try (FileSystem files = FileSystems.newFileSystem(URI.create(jar), Map.of())) {
      return scripts(files.getPath(folder));
    }
  }

  private static List<Area.Script> scripts(Path folder) throws IOException {
    List<Area.Script> scripts = new ArrayList<>();
    List<Path> paths;
    try (Stream<Path> all = Files.list(folder)) {
      paths = all.filter(path -> path.toString().endsWith(".sql")).sorted().toList();
    }
    for (Path path : paths) {
      scripts.add(new Area.Script(path.getFileName().toString(), Files.readString(path)));
    }
    return scripts;
  }

  private static Area.Script security(ClassLoader loader, String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(name)) {
      return in == null
          ? null
          : new Area.Script(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
