// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.VaultException;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/**
 * Makes this store's exceptions: what went wrong and what to do. The server's own words stay away,
 * as they may repeat what was sent, and so do the driver's exceptions, which hold whole answers.
 */
final class Failures {

  private static final String NOT_ALLOWED =
      "The sign-in at %s is not allowed to do this; apply the policy by rookery:vault-setup, and"
          + " compare mount and namespace with the server's";
  private static final String UNKNOWN =
      "%s knows no such %s; compare mount and namespace with the server's, or run"
          + " rookery:vault-setup";

  private final Server server;

  Failures(Server server) {
    this.server = server;
  }

  static SecretStoreException unreachable(String detail, Throwable cause) {
    return new SecretStoreException(Kind.UNREACHABLE, detail, cause);
  }

  static SecretStoreException unreadable(String detail) {
    return new SecretStoreException(Kind.UNREADABLE, detail, null);
  }

  static SecretStoreException denied(String detail) {
    return new SecretStoreException(Kind.DENIED, detail, null);
  }

  /** Returns what stands for whatever a call threw. */
  SecretStoreException of(Exception e) {
    if (e instanceof SecretStoreException known) {
      return known;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return unreachable("The call was interrupted", null);
      }
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException failure) {
        return of(failure);
      }
    }
    if (e instanceof VaultException refused && refused.getHttpStatusCode() != 0) {
      // The driver keeps an answer of this kind in its message alone.
      boolean sealed = String.valueOf(refused.getMessage()).contains("sealed");
      return sealed ? sealed() : of(Answer.of(refused.getHttpStatusCode(), "{}"));
    }
    return unreachable(
        "The answer of " + server.address() + " cannot be understood: " + e.getClass().getName(),
        null);
  }

  private SecretStoreException of(IOException e) {
    String advice = "The connection to %s broke; see that the server runs";
    if (e instanceof HttpTimeoutException) {
      advice =
          "%s did not answer within "
              + server.timeout().toMillis()
              + " ms; look at its load and its storage, or raise timeout_ms";
    } else if (e instanceof SSLException) {
      advice =
          "The certificate of %s is not believed; put the authority that signed it into the PEM"
              + " file of ca_file, and use a host that it names";
    } else if (unknownHost(e)) {
      advice = "The host of %s is not known; see that address is right, and the resolver";
    } else if (e instanceof ConnectException) {
      advice = "Nothing listens at %s; see that the server runs and that address is right";
    }
    return unreachable(advice.formatted(server.address()), e);
  }

  private static boolean unknownHost(IOException e) {
    return e instanceof UnknownHostException || e.getCause() instanceof UnresolvedAddressException;
  }

  /** Returns what stands for an answer that did not do what was asked. */
  SecretStoreException of(Answer answer) {
    String words = answer.words();
    return switch (answer.status()) {
      case 400 -> refusal(words);
      case 403 -> new TokenRefusedException(NOT_ALLOWED.formatted(server.address()));
      case 404 ->
          denied(
              UNKNOWN.formatted(
                  server.address(), words.contains("namespace") ? "namespace" : "mount"));
      case 429 -> failed(answer, "raise its rate limit quota for the platform");
      case 503 ->
          words.contains("sealed") || words.contains("initialized")
              ? sealed()
              : failed(answer, "see whether it is in maintenance");
      default ->
          answer.status() < 400
              ? failed(answer, "set address to the server itself, as redirects are not followed")
              : failed(answer, "look into its log");
    };
  }

  private SecretStoreException refusal(String words) {
    if (words.contains("check-and-set parameter did not match")) {
      return new SecretStoreException(
          Kind.CONFLICT, "Another version was written in between", null);
    } else if (words.contains("check-and-set parameter required")) {
      return denied("The mount demands check-and-set; set its cas_required to false");
    } else if (words.contains("pgrading")) {
      return unreachable("The mount is being upgraded to version 2; it will be ready soon", null);
    }
    return denied(
        server.address()
            + " takes the request for wrong; see that the mount is of the KV engine,"
            + " version 2");
  }

  private SecretStoreException failed(Answer answer, String advice) {
    return unreachable(
        server.address() + " answered with status " + answer.status() + "; " + advice, null);
  }

  private SecretStoreException sealed() {
    return new SecretStoreException(
        Kind.SEALED,
        server.address() + " is sealed or not initialised; unseal it, the rest follows by itself",
        null);
  }
}
