// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

/** Ends what a node does for a reader that another node may have taken over. */
final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(String reader) {
    super("The lease of the reader " + reader + " is lost");
  }
}
