// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a test server does at one stage instead of its usual answer. */
@FunctionalInterface
public interface SmtpStep {

  /** Acts on the connection. */
  void run(Peer peer) throws IOException, InterruptedException;

  /** Does what the server does when nothing is scripted. */
  static SmtpStep usual() {
    return Peer::usual;
  }

  /** Answers with lines, each of which is a whole reply line. */
  static SmtpStep reply(String... lines) {
    return peer -> {
      for (String line : lines) {
        peer.reply(line);
      }
    };
  }

  /** Cuts the connection without a word. */
  static SmtpStep drop() {
    return Peer::drop;
  }

  /** Answers with something that is no SMTP. */
  static SmtpStep garbage() {
    return peer -> peer.raw("\u0001<html>not SMTP</html>\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** Says nothing, whatever comes, until the client leaves. */
  static SmtpStep silence() {
    return Peer::swallow;
  }

  /** Does the usual thing, but only after a while. */
  static SmtpStep slow(Duration pause) {
    return peer -> {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      peer.usual();
    };
  }

  /** Sends the beginning of a reply and cuts the connection. */
  static SmtpStep half(String start) {
    return peer -> {
      peer.raw(start.getBytes(StandardCharsets.UTF_8));
      peer.drop();
    };
  }

  /** Takes the message as usual, but cuts the connection instead of saying so. */
  static SmtpStep takeAndDrop() {
    return peer -> {
      peer.take();
      peer.drop();
    };
  }

  /** Waits for a test, a minute at most, before it goes on with another step. */
  static SmtpStep after(CountDownLatch latch, SmtpStep then) {
    return peer -> {
      if (latch.await(1, TimeUnit.MINUTES)) {
        then.run(peer);
      }
    };
  }

  /** The connection that a step acts on. */
  interface Peer {

    /** Sends one line; further lines in it go out in the same write. */
    void reply(String line) throws IOException;

    /** Sends octets as they are. */
    void raw(byte[] octets) throws IOException;

    /** Reads whatever comes and forgets it, until the client leaves. */
    void swallow() throws IOException;

    /** Closes the connection. */
    void drop() throws IOException;

    /** Answers as the server usually does at this stage. */
    void usual() throws IOException;

    /** Keeps the message whose content has just come. */
    void take();
  }
}
