// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import io.rookery.testkit.peers.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Rookery process on free ports. It ends with {@link #close}, or with the JVM that started it.
 */
public final class RunningRookery implements AutoCloseable {

  private static final Duration BOOT = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(60);

  /** Who ends this JVM, a test runner say, gives it no more than half a minute for its hooks. */
  private static final Duration END_OF_JVM = Duration.ofSeconds(25);

  private final Unpacked files;
  private final URI root;
  private final URI metrics;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Process process;

  private RunningRookery(Unpacked files, URI root, URI metrics) {
    this.files = files;
    this.root = root;
    this.metrics = metrics;
    Runtime.getRuntime().addShutdownHook(new Thread(this::endWithJvm));
  }

  /**
   * Unpacks a distribution below a folder and gives it ports of its own; it may reach this machine,
   * as the servers that it is to send to run here.
   */
  public static RunningRookery unpack(Path archive, Path folder) throws IOException {
    Unpacked files = Unpacked.of(archive, folder);
    int http = FreePorts.next();
    String base = "http://127.0.0.1:" + http;
    files.set(
        "org.ops4j.pax.web.cfg", Map.of("org.osgi.service.http.port", Integer.toString(http)));
    files.set("org.apache.karaf.shell.cfg", Map.of("sshPort", Integer.toString(FreePorts.next())));
    int metrics = FreePorts.next();
    files.set("io.rookery.rest.cfg", Map.of("metrics.port", Integer.toString(metrics)));
    files.set("io.rookery.sending.cfg", Map.of("public.base_url", base));
    files.set(
        "io.rookery.egress.cfg",
        Map.of("allowed.networks", "127.0.0.0/8", "allowed.ports", "1024-65535"));
    // Nobody outside is asked about domains of tests, and nobody answers here.
    files.set(
        "io.rookery.mailboxes.cfg",
        Map.of("dns.resolvers", "127.0.0.1:" + FreePorts.next(), "dns.timeout.millis", "100"));
    files.set(
        "io.rookery.hosts.cfg",
        Map.of(
            "dns.resolvers",
            "127.0.0.1:" + FreePorts.next(),
            "dns.timeout.millis",
            "100",
            "outbound.target",
            ""));
    // A bundle that the distribution forgot would else be found in the builder's own Maven
    // repository.
    URI listener = URI.create("http://127.0.0.1:" + metrics + "/metrics");
    return new RunningRookery(files, URI.create(base + "/"), listener)
        .withJvm("-Duser.home=" + folder.resolve("nobody"));
  }

  /** Sets keys of a file in etc/; to be called before {@link #start}. */
  public RunningRookery with(String file, Map<String, String> values) throws IOException {
    files.set(file, values);
    return this;
  }

  /** Gives the JVM more options; to be called before {@link #start}. */
  public RunningRookery withJvm(String options) {
    environment.merge("EXTRA_JAVA_OPTS", options, (a, b) -> a + " " + b);
    return this;
  }

  /** Starts the process and returns once the platform says that it is ready. */
  public RunningRookery start() throws IOException, InterruptedException {
    // Who runs the tests in the background ignores Ctrl-C, and what it starts would, too.
    String bin = files.home().resolve("bin/karaf").toString();
    ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", bin, "run");
    builder.environment().putAll(environment);
    builder.environment().put("KARAF_EXEC", "exec");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    process = builder.start();
    awaitReady();
    return this;
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("health/ready")).timeout(Duration.ofSeconds(5)).build();
    long end = System.nanoTime() + BOOT.toNanos();
    while (!answers(client, request)) {
      if (System.nanoTime() > end || !process.isAlive()) {
        kill();
        throw new IOException("Rookery did not get ready; its console says:\n" + tail());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Path console() {
    return files.home().resolve("console.log");
  }

  private String tail() throws IOException {
    String text = Files.readString(console(), StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - 8000));
  }

  /** Returns where it answers. */
  public URI root() {
    return root;
  }

  /** Returns where it tells its metrics. */
  public URI metrics() {
    return metrics;
  }

  /** Returns the folder that it runs in. */
  public Path home() {
    return files.home();
  }

  /** Returns the process's id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Runs commands of the operator's shell, one a line, and returns what they print, be it a
   * refusal.
   */
  public String shell(String commands) throws IOException {
    try (RemoteShell shell = RemoteShell.open(this)) {
      return shell.script(commands);
    }
  }

  /**
   * Ends the process as Ctrl-C does, and returns once it is gone.
   *
   * @throws IllegalStateException where it had to be killed instead
   */
  public void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("Rookery did not stop within " + STOP.toSeconds() + " s");
    }
  }

  /** Ends the process as {@code kill -9} does. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** A process that is killed leaves its database running and says nothing of its coverage. */
  private void endWithJvm() {
    try {
      end(END_OF_JVM);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private boolean end(Duration patience) throws InterruptedException {
    if (process == null || !process.isAlive()) {
      return true;
    }
    process.destroy();
    boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    return ended;
  }

  /**
   * Ends the process politely.
   *
   * @throws IllegalStateException where it had to be killed instead
   */
  @Override
  public void close() throws InterruptedException {
    if (!end(STOP)) {
      throw new IllegalStateException("Rookery did not stop within " + STOP.toSeconds() + " s");
    }
  }
}
