// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Teaches a scripted server a fault. */
final class FaultScript {

  private static final Duration LATE = Duration.ofMillis(20);
  private static final String REFUSAL = "550 5.7.1 Nobody asked";

  private final ScriptedSmtpServer server;
  private final FaultCell cell;

  FaultScript(ScriptedSmtpServer server, FaultCell cell) {
    this.server = server;
    this.cell = cell;
  }

  /** Has the server misbehave once, where the cell says, and be good before and after. */
  void install() {
    if (!cell.pipelining()) {
      server.extensions("8BITMIME", "SIZE");
    }
    switch (cell.spot()) {
      case CONNECT -> server.close();
      case HANDSHAKE -> always(SmtpStage.STARTTLS, handshake());
      case BODY, LARGE_BODY -> once(SmtpStage.DATA, body());
      case DOT -> once(SmtpStage.CONTENT, step());
      case BETWEEN -> once(SmtpStage.CONTENT, between());
      case RSET -> {
        once(SmtpStage.RCPT, SmtpStep.reply("550 5.1.1 Unknown"));
        server.next(SmtpStage.RSET, step());
      }
      case MAIL, RCPT, DATA -> inTransaction();
      default -> session();
    }
  }

  private void session() {
    if (cell.fault() == Fault.SINGLE_BYTES) {
      server.dribbling();
      return;
    }
    always(SmtpStage.valueOf(cell.spot().name()), step());
  }

  private void inTransaction() {
    SmtpStep refusal = cell.fault() == Fault.DEFER_AND_354 ? defer() : reject();
    switch (cell.fault()) {
      case DEFER_AND_354, REJECT_AND_354 -> {
        once(SmtpStage.RCPT, refusal);
        // In lock-step there is no DATA after the refusal, so nothing may be scripted for it.
        if (cell.pipelining()) {
          once(SmtpStage.DATA, SmtpStep.reply("354 Go on all the same"));
        }
      }
      case SKIP -> {
        once(SmtpStage.RCPT, cell.pipelining() ? peer -> {} : SmtpStep.silence());
        once(SmtpStage.DATA, SmtpStep.reply("354 Go on"));
      }
      default -> once(SmtpStage.valueOf(cell.spot().name()), step());
    }
  }

  private void always(SmtpStage stage, SmtpStep step) {
    server.always(stage, step);
  }

  private void once(SmtpStage stage, SmtpStep step) {
    for (int i = 0; i < cell.struck(); i++) {
      server.next(stage, SmtpStep.usual());
    }
    server.next(stage, step);
  }

  private static SmtpStep defer() {
    return SmtpStep.reply("451 4.3.0 Try later");
  }

  private static SmtpStep reject() {
    return SmtpStep.reply("550 5.7.1 Not for you");
  }

  private SmtpStep step() {
    return switch (cell.fault()) {
      case SLOW -> SmtpStep.slow(LATE);
      case SILENT, SKIP -> SmtpStep.silence();
      case DROP -> SmtpStep.drop();
      case HALF -> SmtpStep.half(good().substring(0, 3));
      case DEFER -> defer();
      case REJECT -> cell.spot() == FaultSpot.AUTH ? SmtpStep.reply("535 5.7.8 Wrong") : reject();
      case REJECT_AND_DROP -> closing("550 5.7.1 Not for you");
      case CLOSING -> closing("421 4.3.2 Shutting down");
      case GARBAGE -> SmtpStep.garbage();
      case MIXED -> SmtpStep.reply("250-one\r\n251 two");
      case LONG_LINE -> SmtpStep.reply("250 " + "x".repeat(5000));
      case MANY_LINES -> SmtpStep.reply("250-more\r\n".repeat(200) + "250 end");
      case MISFIT -> SmtpStep.reply(misfit());
      case UNASKED -> SmtpStep.reply(good() + "\r\n250 2.0.0 Nobody asked");
      case UNASKED_REFUSAL -> SmtpStep.reply(REFUSAL + "\r\n" + good());
      case NOT_SIGNED_IN -> SmtpStep.reply("530 5.7.0 Authentication required");
      case TAKEN -> SmtpStep.takeAndDrop();
      default -> throw new IllegalArgumentException(cell.toString());
    };
  }

  private static SmtpStep closing(String lines) {
    return peer -> {
      peer.reply(lines);
      peer.drop();
    };
  }

  private String good() {
    return switch (cell.spot()) {
      case GREETING -> "220 scripted.example ESMTP";
      case EHLO ->
          cell.pipelining() ? "250-scripted.example\r\n250 PIPELINING" : "250 scripted.example";
      case STARTTLS -> "220 2.0.0 Go on";
      case AUTH -> "235 2.7.0 Welcome";
      case DATA -> "354 Go on";
      default -> "250 2.0.0 Ok";
    };
  }

  /** A continuation where none is asked for, and a plain yes where one is. */
  private String misfit() {
    return switch (cell.spot()) {
      case GREETING, STARTTLS, DATA -> "250 2.0.0 Ok";
      case AUTH -> "334 TW9yZT8=";
      default -> "354 Go on";
    };
  }

  private SmtpStep handshake() {
    return peer -> {
      peer.reply("220 2.0.0 Go on");
      step().run(peer);
    };
  }

  private SmtpStep body() {
    return peer -> {
      peer.reply("354 Go on");
      if (cell.fault() == Fault.SLOW) {
        // Nobody counts down: this is how slowly the content is read.
        new CountDownLatch(1).await(LATE.toMillis(), TimeUnit.MILLISECONDS);
      } else {
        step().run(peer);
      }
    };
  }

  private SmtpStep between() {
    return peer -> {
      peer.take();
      switch (cell.fault()) {
        case DROP -> closing("250 2.0.0 Ok").run(peer);
        case CLOSING -> closing("250 2.0.0 Ok\r\n421 4.4.2 Idle for too long").run(peer);
        case UNASKED -> peer.reply("250 2.0.0 Ok\r\n250 2.0.0 Nobody asked");
        default -> peer.reply("250 2.0.0 Ok\r\n" + REFUSAL);
      }
    };
  }
}
