// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.server.ServerSettings;
import io.rookery.persistence.internal.server.TestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class DatabaseStarterTest {

  @RegisterExtension final TestFolder folder = new TestFolder();

  @TempDir Path cache;

  private Framework framework;
  private BundleContext context;

  @BeforeEach
  void startFramework() throws BundleException {
    framework =
        new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
    framework.start();
    context = framework.getBundleContext();
  }

  @AfterEach
  void stopFramework() throws Exception {
    framework.stop();
    framework.waitForStop(0);
  }

  @Test
  void databaseShouldBePublishedOnceItCanBeHadAndWithdrawnAtTheEnd() throws Exception {
    Path place = folder.get().resolve("pg");
    Files.writeString(place, "in the way");
    DatabaseStarter starter = start(place);
    assertThat(context.getServiceReference(Database.class)).isNull();
    Files.delete(place);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> context.getServiceReference(Database.class) != null);
    assertThat(context.getServiceReferences(DataSource.class, "(osgi.jndi.service.name=rookery)"))
        .hasSize(1);
    Path pid = place.resolve("data/postmaster.pid");
    long server = Long.parseLong(Files.readAllLines(pid).get(0));
    starter.close();
    assertThat(context.getServiceReference(Database.class)).isNull();
    assertThat(context.getServiceReference(DataSource.class)).isNull();
    await().until(() -> Files.notExists(Path.of("/proc/" + server + "/exe")));
    assertThat(pid).doesNotExist();
  }

  @Test
  void serverThatDiesShouldBeStartedAgain() throws Exception {
    DatabaseStarter starter = start(folder.server());
    Path pid = folder.get().resolve("pg/data/postmaster.pid");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> context.getServiceReference(Database.class) != null);
    String killed = Files.readAllLines(pid).get(0);
    ProcessHandle.of(Long.parseLong(killed)).orElseThrow().destroyForcibly();
    Database database = context.getService(context.getServiceReference(Database.class));
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(
            () -> {
              try (var connection = database.app().getConnection()) {
                return connection.isValid(1) && !Files.readAllLines(pid).get(0).equals(killed);
              }
            });
    starter.close();
  }

  private DatabaseStarter start(Path place) {
    ServerSettings settings = ServerSettings.standard().with("shared_buffers", "16MB");
    Opener opener = new Opener(Defaults.configuration(Map.of()), place, settings);
    return new DatabaseStarter(opener, new Publication(context), Duration.ofMillis(100));
  }
}
