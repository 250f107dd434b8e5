// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Reply.Stage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * One connection to a server: writes commands, reads replies, each within its time. Used by one
 * thread at a time; the watch closes it from outside when its time is up or its user is
 * interrupted.
 */
final class SmtpConnection implements Watch.Watched {

  private final Socket tcp;
  private final Watch watch;
  private final Timeouts timeouts;
  private final long openedAt = System.nanoTime();
  private Socket socket;
  private WireBuffer out;
  private ReplyReader in;
  private Extensions extensions = Extensions.NONE;
  private int messages;
  private int completed;
  private boolean needsReset;
  private volatile boolean retired;
  private volatile boolean timedOut;
  private volatile Thread user;
  private volatile long deadline;
  private volatile long usedAt = System.nanoTime();

  /** Takes over a connected socket. */
  SmtpConnection(Socket tcp, Watch watch, Timeouts timeouts) throws IOException {
    this.tcp = tcp;
    this.watch = watch;
    this.timeouts = timeouts;
    use(tcp);
    watch.add(this);
  }

  /**
   * Goes on with another socket on top of the same TCP connection, forgetting all that was said.
   */
  void use(Socket layered) throws IOException {
    socket = layered;
    OutputStream stream = layered.getOutputStream();
    out = new WireBuffer((octets, length) -> write(stream, octets, length));
    in = new ReplyReader(layered.getInputStream());
    extensions = Extensions.NONE;
  }

  Socket socket() {
    return socket;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Extensions extensions() {
    return extensions;
  }

  void setExtensions(Extensions announced) {
    extensions = announced;
  }

  /** Returns what is collected for writing. */
  WireBuffer out() {
    return out;
  }

  /** Returns whether something was received that no reply has used up. */
  boolean hasLeftovers() throws IOException {
    return in.hasLeftovers();
  }

  /**
   * Checks, where no reply is outstanding, that none is there: taken for the answer to what comes
   * next, it would have a message count as taken or refused that was neither. A server may say 421
   * at any time (RFC 5321 §3.8).
   */
  void expectSilence(Stage stage) throws IOException {
    if (hasLeftovers()) {
      SmtpReply unasked = read(timeouts.command());
      if (unasked.closing()) {
        throw new SessionRefusedException(Kind.THROTTLED, unasked.at(stage));
      }
      throw new ProtocolException("The server said something that nobody had asked for");
    }
  }

  /** Writes one command, while no reply is outstanding, and reads its reply. */
  SmtpReply command(String line, Duration timeout, Stage stage) throws IOException {
    expectSilence(stage);
    out.command(line);
    out.flush();
    return read(timeout);
  }

  private void write(OutputStream stream, byte[] octets, int length) throws IOException {
    within(
        timeouts.write(),
        () -> {
          stream.write(octets, 0, length);
          stream.flush();
          return null;
        });
  }

  /** Reads the next reply. */
  SmtpReply read(Duration timeout) throws IOException {
    return within(timeout, in::read);
  }

  /** Does something that may block, and closes the connection when it takes too long. */
  <T> T within(Duration timeout, Blocking<T> work) throws IOException {
    deadline = System.nanoTime() + timeout.toNanos();
    user = Thread.currentThread();
    try {
      return work.run();
    } catch (IOException e) {
      throw timedOut ? timedOut(e) : e;
    } finally {
      user = null;
      usedAt = System.nanoTime();
    }
  }

  private static IOException timedOut(IOException cause) {
    InterruptedIOException late = new InterruptedIOException("The server did not answer in time");
    late.initCause(cause);
    return late;
  }

  @Override
  public void look(long now) {
    Thread working = user;
    if (working == null) {
      return;
    }
    long graceEnd = now + timeouts.grace().toNanos();
    if (working.isInterrupted() && graceEnd - deadline < 0) {
      deadline = graceEnd;
    }
    if (now - deadline > 0) {
      timedOut = true;
      abort();
    }
  }

  /** Counts a message that begins on this connection. */
  void begin() {
    messages++;
  }

  /** Counts a message that the server answered in whole. */
  void complete() {
    completed++;
  }

  int messages() {
    return messages;
  }

  /** Returns whether the server has proven, on this connection, that it takes messages. */
  boolean hasWorked() {
    return completed > 0;
  }

  /** Notes that a transaction was left open, which the next one has to end by RSET. */
  void setNeedsReset(boolean needed) {
    needsReset = needed;
  }

  boolean needsReset() {
    return needsReset;
  }

  /** Returns for how long nothing was written or read. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - usedAt);
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - openedAt);
  }

  /** Has the connection closed when its user is done with it. */
  void retire() {
    retired = true;
  }

  boolean retired() {
    return retired;
  }

  /** Says good-bye without waiting for an answer, and closes; never throws. */
  void quit() {
    try {
      out.command("QUIT");
      out.flush();
    } catch (IOException e) {
      // The other side left first, which is what was wanted.
    } finally {
      close();
    }
  }

  /** Closes at once; never throws. */
  void close() {
    watch.remove(this);
    abort();
  }

  /**
   * Closes the TCP connection below TLS: closing TLS itself would wait for a writer that hangs,
   * whom this is to free.
   */
  private void abort() {
    try {
      tcp.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Something that reads or writes. */
  @FunctionalInterface
  interface Blocking<T> {
    T run() throws IOException;
  }
}
