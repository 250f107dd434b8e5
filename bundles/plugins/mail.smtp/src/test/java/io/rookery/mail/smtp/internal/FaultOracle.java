// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static io.rookery.spi.mail.Outcome.Status.ACCEPTED;
import static io.rookery.spi.mail.Outcome.Status.DEFERRED;
import static io.rookery.spi.mail.Outcome.Status.IN_DOUBT;
import static io.rookery.spi.mail.Outcome.Status.REJECTED;

import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Outcome.Status;

/**
 * The one right outcome of each fault, out of the RFCs and the rules of {@code EmailBackend}, not
 * out of the code.
 *
 * @param struck what becomes of the message that is hit; null where none may even be offered
 * @param next what becomes of the one after it
 * @param failure what the call must report, or null where it must go on
 */
record FaultOracle(Status struck, Status next, Kind failure) {

  private static final FaultOracle HARMLESS = new FaultOracle(ACCEPTED, ACCEPTED, null);

  /** Returns the outcome, or null where there is no such fault at that spot. */
  static FaultOracle of(FaultCell cell) {
    if (cell.fault() == Fault.SINGLE_BYTES) {
      return cell.spot() == FaultSpot.GREETING ? HARMLESS : null;
    }
    return switch (cell.spot()) {
      case CONNECT -> cell.fault() == Fault.REJECT ? session(Kind.CONNECTION) : null;
      case GREETING, EHLO, STARTTLS, AUTH -> ofSession(cell);
      case HANDSHAKE -> ofHandshake(cell.fault());
      case MAIL, RCPT, DATA -> ofCommand(cell);
      case BODY -> ofBody(cell);
      case LARGE_BODY -> cell.fault() == Fault.DROP ? lost(cell, DEFERRED, Kind.CONNECTION) : null;
      case DOT -> ofDot(cell);
      case BETWEEN -> ofBetween(cell);
      case RSET -> ofReset(cell.fault());
      case QUIT -> ofGoodBye(cell.fault());
    };
  }

  private static FaultOracle session(Kind kind) {
    return new FaultOracle(null, null, kind);
  }

  /** Before there is a message, the account is what fails: nothing may be offered. */
  private static FaultOracle ofSession(FaultCell cell) {
    return switch (cell.fault()) {
      case SLOW -> HARMLESS;
      case CLOSING -> session(Kind.THROTTLED);
      case REJECT -> {
        if (cell.spot() == FaultSpot.EHLO) {
          yield HARMLESS; // RFC 5321 §3.2: HELO instead.
        }
        yield session(cell.spot() == FaultSpot.AUTH ? Kind.AUTHENTICATION : Kind.CONNECTION);
      }
      case SILENT, DROP, HALF, DEFER, GARBAGE, MIXED, LONG_LINE, MANY_LINES, MISFIT, UNASKED ->
          session(Kind.CONNECTION);
      default -> null;
    };
  }

  /** A cut says nothing about the certificate. */
  private static FaultOracle ofHandshake(Fault fault) {
    return fault == Fault.SILENT || fault == Fault.DROP ? session(Kind.CONNECTION) : null;
  }

  /** Before the final dot nothing can have been taken (RFC 5321 §4.1.1.4). */
  private static FaultOracle ofCommand(FaultCell cell) {
    FaultSpot spot = cell.spot();
    return switch (cell.fault()) {
      case SLOW -> HARMLESS;
      case DEFER -> told(DEFERRED);
      case REJECT -> told(REJECTED);
      case CLOSING -> lost(cell, DEFERRED, Kind.THROTTLED);
      case SILENT, DROP, HALF, GARBAGE, MIXED, LONG_LINE, MANY_LINES, MISFIT, UNASKED ->
          lost(cell, DEFERRED, Kind.CONNECTION);
      case UNASKED_REFUSAL ->
          // In lock-step it cannot be told from an answer.
          cell.pipelining() ? lost(cell, DEFERRED, Kind.CONNECTION) : null;
      case NOT_SIGNED_IN ->
          spot == FaultSpot.MAIL ? new FaultOracle(DEFERRED, null, Kind.AUTHENTICATION) : null;
      case REJECT_AND_DROP -> spot == FaultSpot.DATA ? null : rejectedAndCut(cell);
      case SKIP -> spot == FaultSpot.RCPT ? lost(cell, DEFERRED, Kind.CONNECTION) : null;
      case REJECT_AND_354 -> spot == FaultSpot.RCPT ? told(REJECTED) : null;
      case DEFER_AND_354 -> spot == FaultSpot.RCPT ? told(DEFERRED) : null;
      default -> null;
    };
  }

  /** In lock-step the refusal ends the message, and only the next one finds the connection cut. */
  private static FaultOracle rejectedAndCut(FaultCell cell) {
    return cell.pipelining()
        ? lost(cell, REJECTED, Kind.CONNECTION)
        : new FaultOracle(REJECTED, DEFERRED, null);
  }

  /** A small content leaves with its dot in one write, so from then on nobody can tell. */
  private static FaultOracle ofBody(FaultCell cell) {
    return switch (cell.fault()) {
      case SLOW -> HARMLESS;
      case SILENT, DROP -> lost(cell, IN_DOUBT, Kind.CONNECTION);
      default -> null;
    };
  }

  private static FaultOracle ofDot(FaultCell cell) {
    return switch (cell.fault()) {
      case SLOW -> HARMLESS;
      case DEFER -> told(DEFERRED);
      case REJECT -> told(REJECTED);
      case CLOSING -> lost(cell, DEFERRED, Kind.THROTTLED);
      case SILENT, DROP, TAKEN, HALF, GARBAGE, MIXED, LONG_LINE, MANY_LINES, MISFIT ->
          lost(cell, IN_DOUBT, Kind.CONNECTION);
      default -> null;
    };
  }

  /** What comes unasked must never be taken for the answer to the next message. */
  private static FaultOracle ofBetween(FaultCell cell) {
    return switch (cell.fault()) {
      case CLOSING, UNASKED, UNASKED_REFUSAL ->
          new FaultOracle(ACCEPTED, cell.pipelining() ? DEFERRED : ACCEPTED, null);
      case DROP -> new FaultOracle(ACCEPTED, DEFERRED, null);
      default -> null;
    };
  }

  private static FaultOracle ofReset(Fault fault) {
    return switch (fault) {
      case SLOW -> told(REJECTED);
      case SILENT, DROP, HALF, DEFER, REJECT, CLOSING, GARBAGE, MIXED, MISFIT, UNASKED ->
          new FaultOracle(REJECTED, DEFERRED, null);
      default -> null;
    };
  }

  private static FaultOracle ofGoodBye(Fault fault) {
    return switch (fault) {
      case SLOW, SILENT, DROP, DEFER, REJECT, CLOSING, GARBAGE -> HARMLESS;
      default -> null;
    };
  }

  /** The server said so, and the connection goes on. */
  private static FaultOracle told(Status status) {
    return new FaultOracle(status, ACCEPTED, null);
  }

  /**
   * The connection is of no more use: one that had worked is replaced, of one that had not the
   * account's failure is told. What was under way behind the dot was commands only.
   */
  private static FaultOracle lost(FaultCell cell, Status status, Kind kind) {
    boolean behind = cell.pipelining() && cell.spot().afterDot();
    boolean worked = cell.struck() > 0;
    Status next = behind ? DEFERRED : worked ? ACCEPTED : null;
    return new FaultOracle(status, next, worked ? null : kind);
  }
}
