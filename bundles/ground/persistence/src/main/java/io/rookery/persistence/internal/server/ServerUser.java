// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user that the server runs as. PostgreSQL refuses root, so root hands it to {@code postgres},
 * to {@code nobody} or, where neither may come to the folder, to a user namespace of its own.
 *
 * @param prefix what goes before a program's name to run it as that user
 * @param account whom the server's files belong to, or null where that is ourselves
 */
record ServerUser(List<String> prefix, String account) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ServerUser SELF = new ServerUser(List.of(), null);
  private static final List<ServerUser> FOR_ROOT =
      List.of(
          new ServerUser(List.of("runuser", "-u", "postgres", "--"), "postgres"),
          new ServerUser(List.of("runuser", "-u", "nobody", "--"), "nobody"),
          new ServerUser(List.of("unshare", "-U", "--"), "root"));

  /** Chooses the first user that can run the server's programs. */
  static ServerUser choose(Path programs) {
    return choose(programs, root() ? FOR_ROOT : List.of(SELF));
  }

  static ServerUser choose(Path programs, List<ServerUser> candidates) {
    List<String> refusals = new ArrayList<>();
    for (ServerUser candidate : candidates) {
      String refusal = candidate.refusal(programs);
      if (refusal == null) {
        return candidate;
      }
      refusals.add(candidate + ": " + refusal);
    }
    throw new ServerException(
        "PostgreSQL cannot be run from "
            + programs
            + ". The user that it runs as must be able to read that folder and to pass through"
            + " every folder above it. Tried "
            + String.join("; ", refusals));
  }

  private String refusal(Path programs) {
    try {
      Command.Result result =
          Command.run(words(programs.resolve("postgres"), "--version"), PATIENCE);
      return result.success() ? null : "exit " + result.exit() + " " + result.output();
    } catch (java.io.UncheckedIOException e) {
      return e.getCause().getMessage();
    }
  }

  /** Returns the words of a command that runs a program as this user. */
  List<String> words(Path program, String... arguments) {
    List<String> words = new ArrayList<>(prefix);
    words.add(program.toString());
    words.addAll(List.of(arguments));
    return words;
  }

  /** Gives a file, or a folder and all that is in it, to this user, if it is not theirs yet. */
  void give(Path path) throws IOException {
    if (account == null) {
      return;
    }
    UserPrincipal owner =
        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account);
    if (Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(path)) {
      paths = walk.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path each : paths) {
      Files.setAttribute(each, "owner:owner", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static boolean root() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  @Override
  public String toString() {
    return prefix.isEmpty() ? "the user of this process" : String.join(" ", prefix);
  }
}
