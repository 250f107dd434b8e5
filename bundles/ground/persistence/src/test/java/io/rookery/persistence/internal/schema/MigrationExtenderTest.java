// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.Schema;
import io.rookery.persistence.test.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

class MigrationExtenderTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  @TempDir Path cache;

  private final List<String> published = new ArrayList<>();
  private Framework framework;
  private BundleContext context;
  private MigrationExtender extender;

  @BeforeEach
  void startFramework() throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    cache.toString(),
                    Constants.FRAMEWORK_BUNDLE_PARENT,
                    Constants.FRAMEWORK_BUNDLE_PARENT_BOOT));
    framework.start();
    context = framework.getBundleContext();
    context.addServiceListener(
        event -> {
          Object area = event.getServiceReference().getProperty("area");
          synchronized (published) {
            published.add(event.getType() + " " + area);
          }
        });
  }

  @AfterEach
  void stopFramework() throws Exception {
    if (extender != null) {
      extender.close();
    }
    framework.stop();
    framework.waitForStop(0);
  }

  @Test
  void bundlesThatAreThereShouldBeMigratedInCoreOrder() throws Exception {
    install("sending", "create table tenant.later (tenant_id uuid, id uuid)");
    install("contacts", "create table tenant.earlier (tenant_id uuid, id uuid)");
    extend();
    await().until(() -> schema("sending").isPresent());
    assertThat(published).containsExactly("1 contacts", "1 sending");
    assertThat(schema("contacts").orElseThrow().version()).isEqualTo("1");
  }

  @Test
  void bundleThatComesAndGoesShouldTakeItsSchemaAlong() throws Exception {
    extend();
    Bundle bundle = install("guest", "create table tenant.guest (tenant_id uuid, id uuid)");
    await().until(() -> schema("guest").isPresent());
    bundle.uninstall();
    await().until(() -> schema("guest").isEmpty());
  }

  @Test
  void updatedBundleShouldBeMigratedAgain() throws Exception {
    extend();
    String first = "create table tenant.updated (tenant_id uuid, id uuid)";
    Bundle bundle = install("updated", first);
    await().until(() -> schema("updated").isPresent());
    bundle.update(jar("updated", first, "alter table tenant.updated add n int"));
    resolve(bundle);
    await().until(() -> schema("updated").map(Schema::version).equals(Optional.of("2")));
  }

  @Test
  void failedMigrationShouldPublishNothingUntilItIsRepaired() throws Exception {
    extend();
    Bundle bundle = install("repaired", "select nonsense");
    Bundle other = install("unharmed", "create table tenant.unharmed (tenant_id uuid, id uuid)");
    await().until(() -> schema("unharmed").isPresent());
    assertThat(schema("repaired")).isEmpty();
    assertThat(other.getState()).isEqualTo(Bundle.RESOLVED);
    bundle.update(jar("repaired", "create table tenant.repaired (tenant_id uuid, id uuid)"));
    resolve(bundle);
    await().until(() -> schema("repaired").isPresent());
  }

  @Test
  void failedMigrationShouldBeTriedAgain() throws Exception {
    extend();
    install(
        "patient",
        "create view tenant.patient with (security_invoker = true) as"
            + " select * from tenant.awaited");
    install("zzz", "create table tenant.awaited (tenant_id uuid, id uuid)");
    await().until(() -> schema("patient").isPresent());
  }

  @Test
  void schemasShouldGoWithTheExtender() throws Exception {
    install("leaving", "create table tenant.leaving (tenant_id uuid, id uuid)");
    extend();
    await().until(() -> schema("leaving").isPresent());
    extender.close();
    assertThat(schema("leaving")).isEmpty();
  }

  private void extend() {
    SchemaMigrator migrator = new SchemaMigrator(DATABASE.database().ownerSource());
    extender = new MigrationExtender(context, migrator, Duration.ofMillis(100));
  }

  private Bundle install(String area, String... scripts) throws Exception {
    Bundle bundle = context.installBundle(area, jar(area, scripts));
    resolve(bundle);
    return bundle;
  }

  private void resolve(Bundle bundle) {
    framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
  }

  private Optional<Schema> schema(String area) throws InvalidSyntaxException {
    for (ServiceReference<?> reference :
        Optional.ofNullable(context.getAllServiceReferences(null, "(area=" + area + ")"))
            .orElse(new ServiceReference<?>[0])) {
      return Optional.ofNullable((Schema) context.getService(reference));
    }
    return Optional.empty();
  }

  private static InputStream jar(String area, String... scripts) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, "io.rookery." + area);
    main.putValue(Constants.BUNDLE_VERSION, "1.0.0");
    main.putValue(BundleAreas.HEADER, area);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (int i = 0; i < scripts.length; i++) {
        jar.putNextEntry(new JarEntry(Area.MIGRATIONS + area + "/V" + (i + 1) + "__x.sql"));
        jar.write(scripts[i].getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
