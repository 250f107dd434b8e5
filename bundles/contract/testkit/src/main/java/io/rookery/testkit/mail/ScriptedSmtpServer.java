// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server on a free port of the loopback interface that does what a test tells it to, stage
 * by stage, and else takes every message. It is set up before the first connection. Thread-safe.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

  private static final List<String> USUAL_EXTENSIONS =
      List.of("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 10485760", "ENHANCEDSTATUSCODES", "DSN");

  private final ServerSocket listener;
  private final ExecutorService threads;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Command> commands = Collections.synchronizedList(new ArrayList<>());
  private final List<ReceivedMessage> received = Collections.synchronizedList(new ArrayList<>());
  private final Map<SmtpStage, Deque<SmtpStep>> once = new EnumMap<>(SmtpStage.class);
  private final Map<SmtpStage, SmtpStep> always = new EnumMap<>(SmtpStage.class);
  private final AtomicInteger connections = new AtomicInteger();
  private volatile List<String> extensions = USUAL_EXTENSIONS;
  private volatile String username;
  private volatile String password;
  private volatile UnaryOperator<String> userOfToken;
  private volatile String mechanisms = "PLAIN LOGIN";
  private volatile SSLContext tls;
  private volatile boolean tlsFromTheStart;
  private volatile boolean dribbling;

  /** Starts listening. */
  public ScriptedSmtpServer() {
    try {
      listener = new ServerSocket();
      // The kernel would else take in megabytes of a message that the script does not read.
      listener.setReceiveBufferSize(1 << 16);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "scripted-smtp");
              thread.setDaemon(true);
              return thread;
            });
    threads.execute(this::listen);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        int number = connections.incrementAndGet();
        serve(new SmtpSession(this, socket, number), socket);
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  /** A connection that comes while the server closes is closed with the others. */
  private void serve(SmtpSession session, Socket socket) throws IOException {
    try {
      threads.execute(session::run);
    } catch (RejectedExecutionException e) {
      sockets.remove(socket);
      socket.close();
    }
  }

  /** Returns the port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Announces these extensions instead of the usual ones; STARTTLS and AUTH are added by
   * themselves.
   */
  public ScriptedSmtpServer extensions(String... keywords) {
    extensions = List.of(keywords);
    return this;
  }

  /** Takes mail only after a sign-in with this name and password. */
  public ScriptedSmtpServer credentials(String name, String secret) {
    username = name;
    password = secret;
    return this;
  }

  /**
   * Takes mail only after a sign-in with this name and access token, by one of these mechanisms:
   * {@code XOAUTH2}, {@code OAUTHBEARER}. A token may be set anew at any time.
   */
  public ScriptedSmtpServer accessToken(String name, String bearer, String... offered) {
    return accessTokens(given -> given.equals(bearer) ? name : null, offered);
  }

  /**
   * Takes mail only after a sign-in with an access token of whoever signs in.
   *
   * @param userOf returns whose a token is, or null where it is not valid
   */
  public ScriptedSmtpServer accessTokens(UnaryOperator<String> userOf, String... offered) {
    username = "";
    userOfToken = userOf;
    mechanisms = String.join(" ", offered);
    return this;
  }

  /** Offers STARTTLS. */
  public ScriptedSmtpServer startTls(TestCertificate certificate) {
    tls = certificate.server();
    return this;
  }

  /** Speaks TLS from the first octet. */
  public ScriptedSmtpServer implicitTls(TestCertificate certificate) {
    tlsFromTheStart = true;
    return startTls(certificate);
  }

  /** Sends every reply octet by octet. */
  public ScriptedSmtpServer dribbling() {
    dribbling = true;
    return this;
  }

  /** Takes these steps at a stage, one each time it is reached, before anything else. */
  public ScriptedSmtpServer next(SmtpStage stage, SmtpStep... steps) {
    synchronized (once) {
      once.computeIfAbsent(stage, none -> new ArrayDeque<>()).addAll(List.of(steps));
    }
    return this;
  }

  /** Takes this step at a stage whenever nothing else is told. */
  public ScriptedSmtpServer always(SmtpStage stage, SmtpStep step) {
    synchronized (once) {
      always.put(stage, step);
    }
    return this;
  }

  SmtpStep step(SmtpStage stage) {
    synchronized (once) {
      Deque<SmtpStep> steps = once.get(stage);
      SmtpStep next = steps == null ? null : steps.poll();
      return next == null ? always.getOrDefault(stage, SmtpStep.usual()) : next;
    }
  }

  List<String> extensions() {
    return extensions;
  }

  String username() {
    return username;
  }

  String password() {
    return password;
  }

  UnaryOperator<String> userOfToken() {
    return userOfToken;
  }

  String mechanisms() {
    return mechanisms;
  }

  SSLContext tls() {
    return tls;
  }

  boolean isTlsFromTheStart() {
    return tlsFromTheStart;
  }

  boolean isDribbling() {
    return dribbling;
  }

  void note(Command command) {
    commands.add(command);
  }

  void keep(ReceivedMessage message) {
    received.add(message);
  }

  void ended(Socket socket) {
    sockets.remove(socket);
  }

  /** Returns every command line so far, of all connections. */
  public List<Command> commands() {
    synchronized (commands) {
      return List.copyOf(commands);
    }
  }

  /** Returns the first words of all commands so far. */
  public List<String> verbs() {
    return commands().stream().map(command -> command.line().split("[ :]", 2)[0]).toList();
  }

  /** Returns the messages that were taken. */
  public List<ReceivedMessage> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** Returns how many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Returns how many connections are open now. */
  public int openConnections() {
    return sockets.size();
  }

  /** Cuts all connections. */
  public void cutAll() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is cut.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cutAll();
      threads.shutdownNow();
    }
  }

  /**
   * A command line that came.
   *
   * @param connection the number of its connection, from 1
   * @param line the line without its end
   * @param followed whether more had come with it before it was answered
   */
  public record Command(int connection, String line, boolean followed) {}
}
