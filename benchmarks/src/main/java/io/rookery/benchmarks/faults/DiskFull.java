// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import io.rookery.persistence.internal.server.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The server's files are on a small filesystem of their own, which somebody fills to the last
 * octet. Needs the right to mount, as root has it.
 */
final class DiskFull implements DatabaseFault, AutoCloseable {

  private static final String SIZE = "640m";

  private final Postmaster postmaster;
  private final Path data;
  private final Path aside;
  private boolean mounted;

  /** Prepares the fault for a server whose files are in a folder. */
  DiskFull(Postmaster postmaster, Path data) {
    this.postmaster = postmaster;
    this.data = data;
    this.aside = data.resolveSibling("data-aside");
  }

  @Override
  public String name() {
    return "disk full";
  }

  @Override
  public boolean lasting() {
    return true;
  }

  @Override
  public boolean unready() {
    // What needs no more room goes on, but contacts are refused.
    return true;
  }

  /** Moves the server's files to a small filesystem; false where mounting is not allowed. */
  boolean prepare() throws IOException, InterruptedException {
    postmaster.stop();
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", makeRoom()) == 0;
    if (mounted) {
      copy(aside, data);
      Folders.delete(aside);
    } else {
      Files.delete(data);
      Files.move(aside, data);
    }
    postmaster.start();
    return mounted;
  }

  private String makeRoom() throws IOException {
    Files.move(data, aside);
    return Files.createDirectory(data).toString();
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    if (run("cp", "-a", from + "/.", to.toString()) != 0) {
      throw new IOException("The server's files could not be copied");
    }
  }

  private static int run(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(words)).inheritIO().start().waitFor();
  }

  private Path ballast() {
    return data.resolve("ballast");
  }

  @Override
  public void begin() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (Files.getFileStore(data).getUsableSpace() > block.length) {
        throw e;
      }
    }
  }

  @Override
  public void end() throws IOException, InterruptedException {
    Files.deleteIfExists(ballast());
    // It ends itself where it cannot write its log; its operator has it start again.
    postmaster.start();
  }

  /** Moves the server's files back; the server is stopped then. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (mounted) {
      postmaster.stop();
      Path back = Files.createDirectory(data.resolveSibling("data-back"));
      copy(data, back);
      run("umount", data.toString());
      Files.delete(data);
      Files.move(back, data);
    }
  }
}
