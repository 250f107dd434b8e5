// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/**
 * The operator's shell by SSH, for where a client's process for each command would be too slow.
 * Each command has a connection of its own, as Karaf ends the connection with the command.
 * Thread-safe.
 */
public final class RemoteShell implements AutoCloseable {

  private static final String USER = "rookery";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The prompt of the shell, or of a command that asks for something. */
  private static final Pattern QUESTION =
      Pattern.compile("@[^>]*\\(\\)[^>]*>|(Password|Once more|Client secret[^:]*): ");

  private final SshClient client;
  private final int port;
  private final String password;

  private RemoteShell(SshClient client, int port, String password) {
    this.client = client;
    this.port = port;
    this.password = password;
  }

  /** Prepares to sign in at a running platform as the user that it made for its operator. */
  public static RemoteShell open(RunningRookery rookery) throws IOException {
    Path etc = rookery.home().resolve("etc");
    int port = Integer.parseInt(load(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort"));
    String password = load(etc.resolve("users.properties"), USER).split(",")[0];
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier((session, address, key) -> true);
    client.start();
    return new RemoteShell(client, port, password);
  }

  private static String load(Path file, String key) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties.getProperty(key).strip();
  }

  /** Runs a command and returns what it prints; a command that fails is an {@link IOException}. */
  public String run(String command) throws IOException {
    Answer answer = ask(command);
    if (answer.status() == null || answer.status() != 0) {
      throw new IOException("The shell refused '" + command + "': " + answer.text());
    }
    return answer.text();
  }

  /**
   * Types lines at a terminal, each once the one before has been answered, and leaves. Lines that a
   * command asks for follow it.
   *
   * @return what the terminal showed
   */
  public String typed(List<String> lines) throws IOException {
    try (ClientSession session =
        client.connect(USER, "127.0.0.1", port).verify(PATIENCE).getSession()) {
      session.addPasswordIdentity(password);
      session.auth().verify(PATIENCE);
      return typed(session, lines);
    }
  }

  private static String typed(ClientSession session, List<String> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChannelShell channel = session.createShellChannel()) {
      channel.setOut(out);
      channel.setErr(out);
      channel.open().verify(PATIENCE);
      OutputStream in = channel.getInvertedIn();
      int shown = 0;
      for (String line : lines) {
        shown = awaitQuestion(out, shown);
        in.write((line + "\r").getBytes(StandardCharsets.UTF_8));
        in.flush();
      }
      awaitQuestion(out, shown);
      in.write("logout\r".getBytes(StandardCharsets.UTF_8));
      in.flush();
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  /** Waits for a prompt that has not been answered yet; returns how much the terminal shows. */
  private static int awaitQuestion(ByteArrayOutputStream out, int seen) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      String text = out.toString(StandardCharsets.UTF_8);
      if (QUESTION.matcher(text.substring(Math.min(seen, text.length()))).find()) {
        return text.length();
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    throw new IOException("The terminal asks nothing: " + out.size() + " octets shown");
  }

  /** Runs commands, one a line, each whatever became of the one before; returns what they print. */
  String script(String commands) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String command : commands.lines().toList()) {
      text.append(ask(command).text());
    }
    return text.toString();
  }

  /** What a command printed, and its status; null where the connection broke before it was told. */
  private record Answer(Integer status, String text) {}

  private Answer ask(String command) throws IOException {
    try (ClientSession session =
        client.connect(USER, "127.0.0.1", port).verify(PATIENCE).getSession()) {
      session.addPasswordIdentity(password);
      session.auth().verify(PATIENCE);
      return ask(session, command);
    }
  }

  private static Answer ask(ClientSession session, String command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel(command)) {
      channel.setOut(out);
      channel.setErr(out);
      channel.open().verify(PATIENCE);
      Set<ClientChannelEvent> events =
          channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
      if (events.contains(ClientChannelEvent.TIMEOUT)) {
        throw new IOException("The shell does not answer to: " + command);
      }
      return new Answer(channel.getExitStatus(), out.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
