// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;

/** Karaf's own reading of arguments and injection, without a container. */
final class Shell {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final RegistryImpl registry = new RegistryImpl(null);
  private final ManagerImpl manager = new ManagerImpl(registry, registry);
  private final Session session;

  Shell(Path directory, Object... services) {
    session =
        Fake.of(Session.class)
            .on("get", arguments -> arguments[0].equals("USER") ? "ada" : null)
            .on("currentDir", arguments -> directory)
            .on("getRegistry", arguments -> registry)
            .on("getTerminal", arguments -> null)
            .on("readLine", arguments -> noConsole())
            .service();
    registry.register(() -> session, Session.class);
    Arrays.stream(services).forEach(registry::register);
  }

  /** As Karaf's own session does where there is none. */
  private static String noConsole() {
    throw new UnsupportedOperationException();
  }

  /** Runs a command and returns what it printed. */
  String run(Class<? extends RookeryCommand> command, Object... arguments) throws Exception {
    manager.register(command);
    bytes.reset();
    String name = command.getAnnotation(org.apache.karaf.shell.api.action.Command.class).name();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      registry.getCommand("rookery", name).execute(session, List.of(arguments));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Runs a command with {@code --json} and returns what it printed, which is one value. */
  JsonNode json(Class<? extends RookeryCommand> command, Object... arguments) throws Exception {
    // Karaf takes options ahead of arguments only.
    List<Object> more = new ArrayList<>(List.of(arguments));
    more.add(0, "--json");
    return read(run(command, more.toArray()));
  }

  private static JsonNode read(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  /** Returns what a completer offers behind a line. */
  List<String> complete(Class<? extends Completer> type, String... words) throws Exception {
    CommandLine line =
        Fake.of(CommandLine.class)
            .on("getArguments", arguments -> words)
            .on("getCursorArgumentIndex", arguments -> words.length - 1)
            .on("getCursorArgument", arguments -> words[words.length - 1])
            .on("getArgumentPosition", arguments -> words[words.length - 1].length())
            .on("getBufferPosition", arguments -> String.join(" ", words).length())
            .service();
    List<String> candidates = new ArrayList<>();
    manager.<Completer>instantiate(type, registry).complete(session, line, candidates);
    return candidates.stream().map(String::strip).toList();
  }
}
