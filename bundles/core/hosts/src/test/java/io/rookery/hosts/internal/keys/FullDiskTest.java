// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.Rotation;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.test.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server whose disk is full: a file system of 64 kB in memory, which takes root to mount.
 */
@Tag("peer")
@Timeout(180)
class FullDiskTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("hosts");

  /** Twice what the file system holds, of 512 bytes each. */
  private static final int MOST_BLOCKS = 256;

  @TempDir Path folder;

  private boolean mounted;
  private KeyWorld world;

  @BeforeEach
  void start() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("home/.ssh"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", disk.toString());
    assumeTrue(mounted, "A small file system cannot be mounted here");
    world = new KeyWorld(DATABASE, folder);
  }

  @AfterEach
  void stop() throws Exception {
    if (world != null) {
      world.close();
    }
    if (mounted) {
      assertThat(run("umount", folder.resolve("home/.ssh").toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  private void fill(Path file) throws IOException {
    IOException full = null;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < MOST_BLOCKS; i++) {
        out.write(new byte[512]);
      }
    } catch (IOException e) {
      full = e;
    }
    assertThat(full).as("the file system takes no more than its size").isNotNull();
  }

  @Test
  void nothingShouldBeLostAndTheRotationGoWhenThereIsRoom() throws Exception {
    SshKey key = world.installed();
    String before = Files.readString(world.server.authorizedKeys());
    Path ballast = world.server.home().resolve(".ssh/ballast");
    fill(ballast);
    assertThatThrownBy(
            () ->
                world
                    .service()
                    .rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null)))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(HostErrors.DISK_FULL))
        .hasMessageContaining("df -h");
    assertThat(Files.readString(world.server.authorizedKeys())).isEqualTo(before);
    assertThat(world.key(key).state()).isEqualTo(State.ACTIVE);
    assertThat(world.takes(world.login(world.key(key), 1))).isTrue();
    assertThat(world.server.home().resolve(".ssh")).isDirectoryNotContaining("glob:**.rookery*");

    Files.delete(ballast);
    SshKey rotated =
        world.service().rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null));
    assertThat(world.takes(world.login(rotated, rotated.versions().get(0).number()))).isTrue();
  }
}
