// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.signin;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.Set;

/** The file from which Karaf's realm takes users: {@code name = password,_g_:group}. */
final class UsersFile {

  static final String NAME = "rookery";

  private static final String GROUP_PREFIX = "_g_:";
  private static final String GROUP = GROUP_PREFIX + "admingroup";
  private static final String GROUP_LINE =
      "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n";

  // Letters and digits alone: commas, backslashes and dollars mean something in the file.
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;

  private final Path path;
  private final SecureRandom random;

  UsersFile(Path path, SecureRandom random) {
    this.path = path;
    this.random = random;
  }

  Path path() {
    return path;
  }

  /** Adds the user where the file has none; returns whether it did. */
  boolean addFirst() throws IOException {
    // What Java takes a properties file for, so that any other byte comes out as it went in.
    String before = Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    Properties entries = new Properties();
    entries.load(new StringReader(before));
    Set<String> names = entries.stringPropertyNames();
    if (names.stream().anyMatch(name -> !name.startsWith(GROUP_PREFIX))) {
      return false;
    }
    StringBuilder text = new StringBuilder(before);
    if (!before.isEmpty() && !before.endsWith("\n")) {
      text.append('\n');
    }
    if (!names.contains(GROUP)) {
      text.append(GROUP_LINE);
    }
    text.append(NAME).append(" = ").append(password()).append(',').append(GROUP).append('\n');
    replace(text.toString());
    return true;
  }

  private String password() {
    StringBuilder password = new StringBuilder();
    random
        .ints(LENGTH, 0, LETTERS.length())
        .forEach(index -> password.append(LETTERS.charAt(index)));
    return password.toString();
  }

  private void replace(String text) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path;
    // Created with mode 0600 where the file system knows modes.
    Path draft = Files.createTempFile(target.getParent(), "users", ".new");
    try {
      write(draft, text);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path draft, String text) throws IOException {
    if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    }
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
